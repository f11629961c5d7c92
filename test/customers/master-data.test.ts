import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { AddContactDocument, type AddContactInput, UpdateContactDocument, type UpdateContactInput, UpdateCustomerDocument, type UpdateCustomerInput } from "../kit/gql.ts";

let app: TestApp;
let books: Books;
let customerId: string;
beforeAll(async () => {
  app = await openTestApp();
});
beforeEach(async () => {
  books = await Books.open(app);
  customerId = (await books.customer({ name: "Brunner Foods" })).id;
});
afterAll(() => app.close());

async function update(input: Partial<UpdateCustomerInput>) {
  return (await app.query(books.company.as.controller, UpdateCustomerDocument, { input: { customerId, expectedVersion: 1, ...input } })).updateCustomer;
}
async function addContact(input: Partial<AddContactInput> = {}) {
  return (await app.query(books.company.as.controller, AddContactDocument, { input: { customerId, name: "Ada", role: "BUYER", ...input } })).addContact;
}
async function changeContact(input: UpdateContactInput) {
  return (await app.query(books.company.as.controller, UpdateContactDocument, { input })).updateContact;
}

const ADDRESS = { name: "Accounts payable", street: "1 Mill Lane", street2: null, city: "Springfield", region: "IL", postalCode: "62701", country: "US" };

describe("a customer's own data", () => {
  test("what is given changes, what is left out stays, and who changed which fields is kept", async () => {
    await books.terms({ code: "N30", description: "net 30", netDays: 30, discounts: [] });
    const { customer, userErrors } = await update({ name: "Brunner & Sons", termsCode: "N30", billTo: ADDRESS, newAliases: ["BRN SONS"] });
    expect(userErrors).toEqual([]);
    expect(customer).toMatchObject({ name: "Brunner & Sons", currency: "USD", termsCode: "N30", shortPayPolicy: "OPEN_DEDUCTION", version: 2, billTo: ADDRESS });
    expect([...customer!.aliases].sort()).toEqual(["BRN SONS", "Brunner & Sons", "Brunner Foods"]);
    expect(customer!.changes).toEqual([{ version: 2, fields: ["billTo", "name", "newAliases", "termsCode"], recordedBy: books.company.subjects.controller }]);
    expect(await update({ expectedVersion: 2, termsCode: null, billTo: null })).toMatchObject({ customer: { name: "Brunner & Sons", termsCode: null, billTo: null, version: 3 } });
  });

  test("of two who read the same version only one may write, and the other is shown the customer as it is now", async () => {
    const done = await Promise.all([update({ name: "One" }), update({ name: "Two" })]);
    const [winner, loser] = done[0]!.customer ? done : [done[1]!, done[0]!];
    expect(loser).toMatchObject({ customer: null, current: { version: 2, name: winner!.customer!.name }, userErrors: [{ code: "CONFLICT", field: ["expectedVersion"] }] });
  });

  test.each([
    ["no name", { name: null }, "VALUE_INVALID", ["name"]],
    ["an unknown currency", { currency: "XXQ" }, "CURRENCY_UNKNOWN", ["currency"]],
    ["terms that are not there", { termsCode: "N90" }, "NOT_FOUND", ["termsCode"]],
    ["no policy", { shortPayPolicy: null }, "VALUE_INVALID", ["shortPayPolicy"]],
    ["a country in words", { billTo: { ...ADDRESS, country: "Austria" } }, "VALUE_INVALID", ["billTo", "country"]],
    ["a blank street", { billTo: { ...ADDRESS, street: " " } }, "VALUE_INVALID", ["billTo", "street"]],
  ])("%s is refused, and the field is named", async (_case, wrong, code, field) => {
    expect(await update(wrong)).toMatchObject({ customer: null, userErrors: [{ code, field }] });
    expect(await update({ name: "Still at version one" })).toMatchObject({ userErrors: [] });
  });
});

describe("people to talk to", () => {
  test("a person has a role, a channel, a language, a time zone, and wishes by channel", async () => {
    const wishes = [{ channel: "PHONE" as const, consent: "WITHDRAWN" as const }, { channel: "EMAIL" as const, consent: "GIVEN" as const }];
    const { contact, userErrors } = await addContact({ title: "Head of purchasing", email: "ada@example.com", channel: "EMAIL", language: "de-at", timeZone: "europe/vienna", wishes });
    expect(userErrors).toEqual([]);
    const recordedBy = books.company.subjects.controller;
    expect(contact).toEqual({
      id: expect.any(String), name: "Ada", role: "BUYER", title: "Head of purchasing", email: "ada@example.com", phone: null, channel: "EMAIL", language: "de-AT", timeZone: "Europe/Vienna",
      version: 1, allowedChannels: ["EMAIL", "POST", "PORTAL"],
      wishes: [{ channel: "EMAIL", consent: "GIVEN", doNotContact: false, recordedBy }, { channel: "PHONE", consent: "WITHDRAWN", doNotContact: false, recordedBy }],
    });
  });

  test("a later wish replaces the one for its channel and no other, and nothing else changes", async () => {
    const { contact } = await addContact({ phone: "1", wishes: [{ channel: "PHONE" }, { channel: "POST", doNotContact: true }] });
    const changed = await changeContact({ contactId: contact!.id, expectedVersion: 1, wishes: [{ channel: "PHONE", doNotContact: true }], language: "en" });
    expect(changed).toMatchObject({ userErrors: [], contact: { name: "Ada", phone: "1", language: "en", version: 2, allowedChannels: ["EMAIL", "PORTAL"] } });
    expect(await changeContact({ contactId: contact!.id, expectedVersion: 2, phone: null })).toMatchObject({ contact: { phone: null, language: "en", version: 3, allowedChannels: ["EMAIL", "PORTAL"] } });
  });

  test("a contact that somebody else changed first is a conflict", async () => {
    const { contact } = await addContact();
    await changeContact({ contactId: contact!.id, expectedVersion: 1, name: "Grace" });
    expect(await changeContact({ contactId: contact!.id, expectedVersion: 1, name: "Ada L." })).toMatchObject({
      contact: null, current: { version: 2, name: "Grace" }, userErrors: [{ code: "CONFLICT", field: ["expectedVersion"] }],
    });
  });

  test.each<[string, Partial<AddContactInput>, string]>([
    ["a language that is none", { language: "deutsch!" }, "language"],
    ["an offset for a time zone", { timeZone: "+01:00" }, "timeZone"],
    ["an address without an at sign", { email: "ada.example.com" }, "email"],
    ["two wishes for one channel", { wishes: [{ channel: "POST" }, { channel: "POST", doNotContact: true }] }, "wishes"],
  ])("%s is refused, and the field is named", async (_case, wrong, field) => {
    expect(await addContact(wrong)).toMatchObject({ contact: null, userErrors: [{ code: "VALUE_INVALID", field: [field] }] });
  });

  test("a contact of a new customer is checked too, and its place is named", async () => {
    const contacts = [{ name: "Ada", role: "LEGAL" as const }, { name: "Bob", role: "OTHER" as const, timeZone: "Mars" }];
    await expect(books.customer({ contacts })).rejects.toThrow("VALUE_INVALID");
  });
});
