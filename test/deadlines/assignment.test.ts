import { Analyst } from "../deductions/analyst.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { AssignDeductionDocument, DeductionAnalystsDocument, DeescalateDeductionDocument, type DeescalateDeductionInput, EscalateDeductionDocument, type EscalateDeductionInput, OwnershipOfDocument } from "../kit/gql.ts";
import { takenFrom } from "./taken.ts";

let app: TestApp;
let books: Books;
let [id, analyst]: [string, Analyst] = ["", null as never];
beforeAll(async () => void (app = await openTestApp()));
afterAll(() => app.close());
beforeEach(async () => {
  books = await Books.open(app);
  analyst = new Analyst(books);
  id = await takenFrom(books, (await books.customer()).account, "200.00");
});

const people = async () => (await app.query(books.company.as.analyst, DeductionAnalystsDocument)).deductionAnalysts;
const assign = async (ownerId: string, more: { note?: string; expectedVersion?: number } = {}, who: "analyst" | "controller" = "controller") =>
  (await app.query(books.company.as[who], AssignDeductionDocument, { input: { deductionId: id, ownerId, ...more } })).assignDeduction;
const escalate = async (level: EscalateDeductionInput["level"], note = "They will not answer.", expectedVersion?: number) =>
  (await app.query(books.company.as.analyst, EscalateDeductionDocument, { input: { deductionId: id, level, note, ...(expectedVersion && { expectedVersion }) } })).escalateDeduction;
const deescalate = async (level: DeescalateDeductionInput["level"] = null, note = "They answered.") => (await app.query(books.company.as.analyst, DeescalateDeductionDocument, { input: { deductionId: id, level, note } })).deescalateDeduction;
const ownership = async () => {
  const { node } = await app.query(books.company.as.collector, OwnershipOfDocument, { id });
  return node && "case" in node ? node : null;
};

test("a deduction is given to somebody who may work it, and that is on record", async () => {
  const [first, second] = await people();
  expect((await assign(first!.id, { note: "She knows the customer." })).deduction).toMatchObject({ case: { state: "CAPTURED", owner: first!.name, ownerId: first!.id, version: 2 } });
  expect((await assign(second!.id)).deduction!.case).toMatchObject({ ownerId: second!.id, version: 3 });
  expect((await ownership())!.activities).toMatchObject([{ action: "ASSIGN", from: "CAPTURED", to: "CAPTURED", note: "She knows the customer." }, { action: "ASSIGN", note: null }]);
  expect(await people()).toMatchObject([{ openCount: 0 }, { openCount: 1 }]);
});

test("nobody is given what they may not work, or of a version that is past", async () => {
  const stranger = Buffer.from(`Member:${Buffer.from(books.company.companyId, "base64url").toString().split(":")[1]}:01890000-0000-7000-8000-000000000000`).toString("base64url");
  expect((await assign(stranger)).userErrors).toMatchObject([{ code: "NOT_FOUND", field: ["ownerId"] }]);
  const [first] = await people();
  expect(await assign(first!.id, { expectedVersion: 7 })).toMatchObject({ current: { case: { version: 1 } }, userErrors: [{ code: "CONFLICT" }] });
  await expect(app.query(books.company.as.clerk, AssignDeductionDocument, { input: { deductionId: id, ownerId: first!.id } })).rejects.toThrow("FORBIDDEN");
});

test("an escalation leads upward with a reason, comes down with one, and is on record", async () => {
  expect((await escalate("SALES")).deduction!.case).toMatchObject({ escalation: "SALES", escalated: { level: "SALES", by: books.company.subjects.analyst, note: "They will not answer." }, state: "CAPTURED" });
  expect((await escalate("TEAM_LEAD")).userErrors).toMatchObject([{ code: "BLOCKED", message: expect.stringContaining("with SALES already") }]);
  expect((await escalate("LEGAL", "  ")).userErrors).toMatchObject([{ code: "VALUE_INVALID", field: ["note"] }]);
  expect((await escalate("LEGAL")).deduction!.case).toMatchObject({ escalation: "LEGAL" });
  expect((await deescalate("TEAM_LEAD")).deduction!.case).toMatchObject({ escalation: "TEAM_LEAD", escalated: { level: "TEAM_LEAD", note: "They answered." } });
  expect((await deescalate("SALES")).userErrors).toMatchObject([{ code: "BLOCKED" }]);
  expect((await deescalate()).deduction!.case).toMatchObject({ escalation: null, escalated: null });
  expect((await deescalate()).userErrors).toMatchObject([{ code: "BLOCKED", message: "It is not escalated." }]);
  expect((await ownership())!.activities.map(({ action }) => action)).toEqual(["ESCALATE", "ESCALATE", "DEESCALATE", "DEESCALATE"]);
});

test("it ends by itself when the deduction is settled, and lasts while it is only denied", async () => {
  await analyst.work(id, "TAKE_UP");
  await escalate("SENIOR_MANAGEMENT");
  await analyst.decide(id, "0.00");
  expect((await analyst.settle(id, [{ kind: "CHARGEBACK", amount: "200.00" }])).userErrors).toEqual([]);
  expect((await ownership())!.case).toMatchObject({ state: "DENIED", escalation: "SENIOR_MANAGEMENT" });

  id = await takenFrom(books, (await books.customer()).account, "100.00");
  await analyst.work(id, "TAKE_UP");
  await escalate("LEGAL");
  await analyst.decide(id, "0.00");
  expect((await analyst.settle(id, [{ kind: "REVERSAL", amount: "100.00" }])).userErrors).toEqual([]);
  expect((await ownership())!.case).toMatchObject({ state: "SETTLED", escalation: null, escalated: null });
  expect((await escalate("LEGAL")).userErrors).toMatchObject([{ code: "BLOCKED", message: expect.stringContaining("SETTLED is not escalated") }]);
});
