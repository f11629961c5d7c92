import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { CasesOfDocument, SetUnearnedDiscountPolicyDocument, UnearnedDiscountLetterDocument } from "../kit/gql.ts";

let app: TestApp;
let books: Books;
beforeAll(async () => {
  app = await openTestApp();
});
beforeEach(async () => {
  books = await Books.open(app);
  await books.terms({ code: "2/10n30", description: "2 % 10 days, net 30", netDays: 30, discounts: [{ days: 10, basisPoints: 200 }] });
});
afterAll(() => app.close());

const letter = async (variables: { customerId?: string; deductionIds?: string[] }, as = books.company.as.analyst) => (await app.query(as, UnearnedDiscountLetterDocument, variables)).unearnedDiscountLetter;
const policy = (rule: "CHARGE_BACK" | "LEAVE_OPEN" | "ALLOW") => app.query(books.company.as.controller, SetUnearnedDiscountPolicyDocument, { input: { rule, effectiveOn: "2026-03-01" } });
const deductionIdsOf = async (customerId: string) => (await app.query(books.company.as.analyst, CasesOfDocument, { customerId })).deductions!.edges!.map((edge) => edge!.node!.id);
const contacts = [{ name: "Ana Lopez", role: "DISPUTES" as const, email: "ana@harbor.example" }, { name: "Bo Chen", role: "ACCOUNTS_PAYABLE" as const, email: "ap@harbor.example" }];

/** A customer that took 20.00 of an invoice two days late, and has it open as the policy wants. */
async function late(number: string, more: object = { name: "Harbor Stores", contacts }) {
  const customer = await books.customer(more);
  await books.bill(customer.account, { number, total: "1000.00", termsCode: "2/10n30" });
  await books.pay({ account: customer.account, amount: "980.00", receivedOn: "2026-03-13", lines: [{ reference: number }] });
  return customer;
}

test("the letter explains a discount that was charged back, to the contact for disputes, and none is left once it is repaid", async () => {
  await policy("CHARGE_BACK");
  const { id, account } = await late("I-1");
  const draft = await letter({ customerId: id });
  expect(draft).toEqual({ to: "ana@harbor.example", subject: "Cash discount on invoice I-1", text: expect.stringMatching(/^Dear Ana Lopez,/) });
  const { debitMemos } = await app.query(books.company.as.analyst, "query ($id: ID) { debitMemos(customerId: $id) { edges { node { number } } } }", { id });
  const { number } = debitMemos.edges[0].node;
  expect(draft!.text).toContain(`Last day for the discount: March 11, 2026\n  Paid: March 13, 2026, 2 days late\n  Discount taken: 20.00 USD\n  Still to be paid: 20.00 USD, billed as ${number}`);
  await books.pay({ account, amount: "20.00", receivedOn: "2026-04-02", lines: [{ reference: number }] });
  expect(await letter({ customerId: id })).toBeNull();
  expect((await letter({ deductionIds: await deductionIdsOf(id) }))!.text).toContain("Nothing is to be paid for this any more.");
});

test("it explains what stays open on the invoice as well, and leaves out what was allowed", async () => {
  await policy("LEAVE_OPEN");
  const { id, account } = await late("I-2");
  await policy("ALLOW");
  await books.bill(account, { number: "I-3", total: "1000.00", termsCode: "2/10n30" });
  await books.pay({ account, amount: "980.00", receivedOn: "2026-03-13", lines: [{ reference: "I-3" }] });
  const { subject, text } = (await letter({ customerId: id }))!;
  expect(subject).toBe("Cash discount on invoice I-2");
  expect(text).not.toContain("I-3");
});

test("grace and its days are told, and nobody is written to who does not want e-mails", async () => {
  await books.terms({ code: "g1", description: "a day of grace", netDays: 30, graceDays: 1, discounts: [{ days: 10, basisPoints: 200 }] });
  const { id, account } = await books.customer({ name: "Harbor Stores" });
  await books.bill(account, { number: "I-4", total: "1000.00", termsCode: "g1" });
  await books.pay({ account, amount: "980.00", receivedOn: "2026-03-13", lines: [{ reference: "I-4" }] });
  const added = await app.query(books.company.as.controller, "mutation ($input: AddContactInput!) { addContact(input: $input) { userErrors { message } } }", {
    input: { customerId: id, name: "Ana Lopez", role: "DISPUTES", email: "ana@harbor.example", wishes: [{ channel: "EMAIL", doNotContact: true }] },
  });
  expect(added.addContact.userErrors).toEqual([]);
  const draft = await letter({ customerId: id });
  expect(draft).toMatchObject({ to: null, text: expect.stringMatching(/^Dear Harbor Stores,/) });
  expect(draft!.text).toContain("Last day for the discount: March 12, 2026, with 1 day of grace\n  Paid: March 13, 2026, 1 day late");
});

test("a letter is to one customer and about unearned discounts", async () => {
  const [one, other] = [await late("I-5"), await late("I-6", {})];
  const { account, id } = await books.customer();
  await books.bill(account, { number: "I-7", total: "100.00" });
  await books.pay({ account, amount: "90.00", lines: [{ reference: "I-7" }] });
  const of = async (...ids: string[]) => (await Promise.all(ids.map(deductionIdsOf))).flat();
  await expect(letter({ deductionIds: await of(one.id, other.id) })).rejects.toThrow(/several customers/);
  await expect(letter({ deductionIds: await of(id) })).rejects.toThrow(/unearned discount/);
  expect(await letter({})).toBeNull();
  await expect(letter({ customerId: one.id, deductionIds: await of(one.id) })).rejects.toThrow(/not both/);
});
