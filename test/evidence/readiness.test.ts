import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { EvidenceRulesDocument, ReadinessOfAllDocument, ReadinessOfDocument, SetEvidenceRuleDocument, type SetEvidenceRuleInput } from "../kit/gql.ts";
import { statementNames } from "../kit/statements.ts";
import { Researcher, shortPaid } from "./researcher.ts";

let app: TestApp;
let books: Books;
let researcher: Researcher;
let short: { customerId: string; account: string; deductionId: string };
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  books = await Books.open(app);
  researcher = new Researcher(books);
  short = await shortPaid(books);
});

async function readiness() {
  const { node } = await app.query(researcher.token, ReadinessOfDocument, { id: short.deductionId });
  if (!node || !("readiness" in node)) throw new Error("There is no such deduction.");
  const plain = (needs: readonly { anyOf: readonly string[] }[]): string[] => needs.map(({ anyOf }) => anyOf.join(" or "));
  return { missing: plain(node.readiness.missing), present: plain(node.readiness.present), required: plain(node.readiness.required), share: node.readiness.share };
}
const decide = async (input: Partial<SetEvidenceRuleInput>, token = researcher.token) => (await app.query(token, SetEvidenceRuleDocument, { input: { reason: "SHORTAGE", effectiveOn: "2026-01-01", ...input } })).setEvidenceRule;

test("a shortage needs its order, its invoice, which is on the books, and what was signed for; each paper counts while it is not withdrawn", async () => {
  expect(await readiness()).toEqual({ required: ["PO", "INVOICE", "POD or BOL or RECEIVING_ADVICE"], present: ["INVOICE"], missing: ["PO", "POD or BOL or RECEIVING_ADVICE"], share: expect.closeTo(1 / 3, 10) });
  await researcher.add(short.deductionId, { kind: "PO", reference: "PO 1" });
  const { evidence } = await researcher.add(short.deductionId, { kind: "BOL", reference: "BOL 1" });
  expect(await readiness()).toMatchObject({ missing: [], share: 1 });
  await researcher.withdraw(evidence!.id);
  expect(await readiness()).toMatchObject({ missing: ["POD or BOL or RECEIVING_ADVICE"], share: expect.closeTo(2 / 3, 10) });
});

test("a customer's rule counts before the company's, and that before what is usual; each from its day on", async () => {
  await decide({ needs: [{ anyOf: ["EMAIL"] }] });
  expect((await readiness()).required).toEqual(["EMAIL"]);
  await decide({ customerId: short.customerId, needs: [{ anyOf: ["BOL"] }, { anyOf: ["CONTRACT", "PROMOTION"] }], effectiveOn: "2026-03-20" });
  await decide({ customerId: short.customerId, needs: [], effectiveOn: "2026-03-21" });
  expect((await readiness()).required).toEqual(["BOL", "CONTRACT or PROMOTION"]);
  await decide({ customerId: short.customerId, needs: null, effectiveOn: "2026-03-20" });
  expect((await readiness()).required).toEqual(["EMAIL"]);
  const { rules } = await decide({ needs: null });
  expect((await readiness()).required).toEqual(["PO", "INVOICE", "POD or BOL or RECEIVING_ADVICE"]);
  expect(rules).toHaveLength(5);
  expect((await app.query(books.company.as.collector, EvidenceRulesDocument)).evidenceRules).toEqual(rules);
  expect(rules![0]).toEqual({ customerId: short.customerId, reason: "SHORTAGE", needs: [], effectiveOn: "2026-03-21", recordedBy: books.company.subjects.analyst });
});

test("a rule that nothing can meet is refused, and so is one about another company's customer, or by somebody who may not", async () => {
  expect((await decide({ needs: [{ anyOf: [] }] })).userErrors).toMatchObject([{ code: "VALUE_INVALID", field: ["needs", "0", "anyOf"] }]);
  const other = await shortPaid(await Books.open(app));
  expect((await decide({ customerId: other.customerId, needs: [] })).userErrors).toMatchObject([{ code: "NOT_FOUND" }]);
  await expect(decide({ needs: [] }, books.company.as.collector)).rejects.toThrow(/reason:write/);
});

test("how far the papers of many deductions are together is read in one statement", async () => {
  const { account, customerId } = short;
  await books.bill(account, ...Array.from({ length: 5 }, (_, no) => ({ number: `${account}-M${no}`, total: "100.00" })));
  await books.pay({ account, amount: "450.00", lines: Array.from({ length: 5 }, (_, no) => ({ reference: `${account}-M${no}`, gross: "100.00", deduction: "10.00", customerCode: "22" })) });
  const sent = await statementNames(async () => {
    const { deductions } = await app.query(researcher.token, ReadinessOfAllDocument, { customerId });
    expect(deductions!.edges!.map((edge) => edge!.node!.readiness.share)).toEqual(Array(6).fill(expect.closeTo(1 / 3, 10)));
  });
  expect(sent.filter((name) => name.startsWith("readiness."))).toEqual(["readiness.ofDeductions"]);
});
