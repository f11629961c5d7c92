import { Analyst } from "../deductions/analyst.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { DeductionAnalystsDocument, EscalateDeductionDocument, WorkListDocument, type WorkListQueryVariables } from "../kit/gql.ts";
import { takenFrom, windows } from "./taken.ts";

let now = new Date("2026-03-20T12:00:00Z");
let app: TestApp;
let books: Books;
let ids: Record<string, string> = {};
beforeAll(async () => {
  app = await openTestApp({ clock: { now: () => now } });
  books = await Books.open(app);
  for (const [code, days] of [["10", 10], ["20", 20], ["30", 30]] as const) await windows(books, { customerCode: code, days });
  const { account } = await books.customer();
  const wanted = { small10: ["5.00", "10"], big10: ["50.00", "10"], mid20: ["20.00", "20"], none: ["40.00", "99"], old: ["30.00", "30", "2026-02-01"], like20: ["20.00", "20"] } as const;
  for (const [name, [amount, code, on]] of Object.entries(wanted)) ids[name] = await takenFrom(books, account, amount, { code, on: on ?? "2026-03-20" });
});
afterAll(() => app.close());
beforeEach(() => void (now = new Date("2026-03-20T12:00:00Z")));

const read = async (variables: WorkListQueryVariables = {}, who: "analyst" | "controller" | "collector" = "collector") => (await app.query(books.company.as[who], WorkListDocument, { first: 50, ...variables })).deductions!;
const nameOf = (id: string): string => Object.keys(ids).find((name) => ids[name] === id) ?? "?";
const names = async (...given: Parameters<typeof read>): Promise<string[]> => (await read(...given)).edges!.map((it) => nameOf(it!.node!.id));

test.each([
  ["TAKEN", ["like20", "none", "mid20", "big10", "small10", "old"]],
  ["AMOUNT", ["big10", "none", "old", "like20", "mid20", "small10"]],
  ["DEADLINE", ["old", "small10", "big10", "mid20", "like20", "none"]],
  ["MONEY_AT_RISK", ["old", "big10", "small10", "mid20", "like20", "none"]],
] as const)("in the order %s, whole and page by page in both directions", async (order, expected) => {
  expect(await names({ order })).toEqual(expected);
  const forward: string[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const page = await read({ order, first: 2, ...(after !== null && { after }) });
    forward.push(...page.edges!.map((it) => nameOf(it!.node!.id)));
    [after, more] = [page.pageInfo.endCursor ?? null, page.pageInfo.hasNextPage];
  }
  expect(forward).toEqual(expected);
  const { pageInfo } = await read({ order, first: undefined as never, last: 2 });
  expect(await names({ order, first: undefined as never, last: 3, before: pageInfo.startCursor! })).toEqual(expected.slice(1, 4));
});

test("money at risk is what is open, not decided, and closes today or later; a deadline includes what closed before", async () => {
  expect(await names({ atRisk: true, order: "MONEY_AT_RISK" })).toEqual(["big10", "small10", "mid20", "like20"]);
  expect(await names({ disputeBy: "2026-03-30", order: "DEADLINE" })).toEqual(["old", "small10", "big10"]);
  now = new Date("2026-03-31T12:00:00Z");
  expect(await names({ atRisk: true })).toEqual(["like20", "mid20"]);
});

test("my work, somebody's, nobody's; where it stands, whom it waits for, what was escalated", async () => {
  const [analyst, controller] = [new Analyst(books), new Analyst(books, "controller")];
  await analyst.work(ids["big10"]!, "TAKE_UP");
  await analyst.work(ids["big10"]!, "ASK_CUSTOMER", { followUpOn: "2026-03-25" });
  await controller.work(ids["old"]!, "TAKE_UP");
  expect(await names({ mine: true }, "analyst")).toEqual(["big10"]);
  expect(await names({ mine: true }, "controller")).toEqual(["old"]);
  expect(await names({ mine: true }, "collector")).toEqual([]);
  const { deductionAnalysts } = await app.query(books.company.as.collector, DeductionAnalystsDocument);
  expect(deductionAnalysts.map(({ name, openCount }) => [name, openCount])).toEqual([[books.company.subjects.analyst, 1], [books.company.subjects.controller, 1]]);
  expect(await names({ ownerId: deductionAnalysts[1]!.id })).toEqual(["old"]);
  expect(await names({ unowned: true, order: "AMOUNT" })).toEqual(["none", "like20", "mid20", "small10"]);
  expect(await names({ states: ["OPEN", "AWAITING_CUSTOMER"], order: "DEADLINE" })).toEqual(["old", "big10"]);
  expect(await names({ overdueFollowUp: true })).toEqual([]);
  now = new Date("2026-03-26T12:00:00Z");
  expect(await names({ overdueFollowUp: true })).toEqual(["big10"]);
  expect(await names({ escalated: true })).toEqual([]);
  await app.query(books.company.as.analyst, EscalateDeductionDocument, { input: { deductionId: ids["none"]!, level: "SALES", note: "Their buyer insists." } });
  expect(await names({ escalated: true })).toEqual(["none"]);
});

test("a cursor of one order is none of another", async () => {
  const { pageInfo } = await read({ first: 1 });
  await expect(read({ first: 1, after: pageInfo.endCursor!, order: "MONEY_AT_RISK" })).rejects.toThrow("not a cursor of this list");
});
