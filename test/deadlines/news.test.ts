import { DeadlineWatch } from "../../src/deadlines/deadline-watch.service.ts";
import { Analyst } from "../deductions/analyst.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import {
  AssignDeductionDocument, CaseClockDocument, DeductionAnalystsDocument, DeductionDeadlineNearDocument, DeductionNewsDocument, type DeductionNewsSubscriptionVariables, DeductionPolicyDocument,
  DeductionTimelineDocument, EscalateDeductionDocument, SetDeductionPolicyDocument, type SetDeductionPolicyInput, TellDeadlinesDocument,
} from "../kit/gql.ts";
import { subscribe } from "../kit/live.ts";
import { takenFrom, windows } from "./taken.ts";

let now = new Date("2026-03-20T12:00:00Z");
let app: TestApp;
let books: Books;
let analyst: Analyst;
let account = "";
beforeAll(async () => void (app = await openTestApp({ clock: { now: () => now } })));
afterAll(() => app.close());
beforeEach(async () => {
  now = new Date("2026-03-20T12:00:00Z");
  books = await Books.open(app);
  analyst = new Analyst(books);
  ({ account } = await books.customer());
});

const policy = async (input: SetDeductionPolicyInput) => (await app.query(books.company.as.controller, SetDeductionPolicyDocument, { input: { effectiveOn: "2026-01-01", ...input } })).setDeductionPolicy;
const tell = async () => (await app.query(books.company.as.analyst, TellDeadlinesDocument)).tellDeadlines.told;
const later = (day: string): void => void (now = new Date(`${day}T12:00:00Z`));
const owners = async () => (await app.query(books.company.as.analyst, DeductionAnalystsDocument)).deductionAnalysts;
const give = async (deductionId: string, ownerId: string) => expect((await app.query(books.company.as.analyst, AssignDeductionDocument, { input: { deductionId, ownerId } })).assignDeduction.userErrors).toEqual([]);

test("each deduction is told once when its deadline is near, not before and not when it is decided; two servers tell it once", async () => {
  await policy({ nearDays: 5 });
  await windows(books, { days: 30 });
  const [first, decided] = [await takenFrom(books, account, "30.00"), await takenFrom(books, account, "20.00")];
  await analyst.work(decided, "TAKE_UP");
  await analyst.decide(decided, "0.00");
  await app.caughtUp();
  const live = subscribe(app.url, books.company.as.collector, DeductionDeadlineNearDocument, {});
  const { cursor } = (await live.next()).deductionDeadlineNear;
  later("2026-04-13");
  expect(await tell()).toBe(0);
  later("2026-04-14");
  const second = new DeadlineWatch(app.db, app.app.tail, (error) => app.faults.push(error));
  const [here, there] = await Promise.all([tell(), second.look(null)]);
  expect(here! + there).toBe(1);
  expect((await live.next()).deductionDeadlineNear.deduction).toEqual({ id: first, case: { disputeBy: "2026-04-19", daysLeft: 5 } });
  later("2026-04-18");
  expect([await tell(), await second.look(null)]).toEqual([0, 0]);
  await live.close();
  const again = subscribe(app.url, books.company.as.collector, DeductionDeadlineNearDocument, { after: cursor });
  expect((await again.next()).deductionDeadlineNear.deduction!.id).toBe(first);
  expect((await again.next()).deductionDeadlineNear.deduction).toBeNull();
  await again.close();
});

test("whoever asks for the deadlines of one member hears of no other's", async () => {
  await windows(books, { days: 5 });
  const [mine, theirs] = [await takenFrom(books, account, "30.00"), await takenFrom(books, account, "20.00")];
  const [first, second] = await owners();
  await give(mine, first!.id);
  await give(theirs, second!.id);
  await app.caughtUp();
  const live = subscribe(app.url, books.company.as.analyst, DeductionDeadlineNearDocument, { ownerId: second!.id });
  await live.next();
  expect(await tell()).toBe(2);
  expect((await live.next()).deductionDeadlineNear.deduction!.id).toBe(theirs);
  await live.close();
});

test.each([
  ["an action", (): DeductionNewsSubscriptionVariables => ({ actions: ["ESCALATE"] })],
  ["a state that it led to", (): DeductionNewsSubscriptionVariables => ({ states: ["RESEARCH"] })],
])("news of the work sifted by %s", async (_name, wish) => {
  const id = await takenFrom(books, account, "30.00");
  await app.caughtUp();
  const live = subscribe(app.url, books.company.as.collector, DeductionNewsDocument, wish());
  await live.next();
  await analyst.work(id, "TAKE_UP");
  await analyst.note(id, "Nothing yet.");
  await analyst.work(id, "RESEARCH");
  expect((await app.query(books.company.as.analyst, EscalateDeductionDocument, { input: { deductionId: id, level: "LEGAL", note: "They sue." } })).escalateDeduction.userErrors).toEqual([]);
  expect((await live.next()).deductionChanged.deduction).toMatchObject({ id });
  await live.close();
});

test("news of one member's work, and what was just given to that member", async () => {
  const [first, second] = await owners();
  const [id, other] = [await takenFrom(books, account, "30.00"), await takenFrom(books, account, "20.00")];
  await give(other, first!.id);
  await app.caughtUp();
  const live = subscribe(app.url, books.company.as.analyst, DeductionNewsDocument, { ownerId: second!.id });
  await live.next();
  await analyst.note(other, "Not of the second.");
  await give(id, second!.id);
  expect((await live.next()).deductionChanged.deduction!.id).toBe(id);
  await live.close();
});

test("the timeline of a deduction pushes what is done about it, and nothing of others", async () => {
  const [id, other] = [await takenFrom(books, account, "30.00"), await takenFrom(books, account, "20.00")];
  await app.caughtUp();
  const live = subscribe(app.url, books.company.as.collector, DeductionTimelineDocument, { deductionId: id });
  expect(await live.next()).toMatchObject({ deductionTimeline: { activity: null, deduction: null } });
  await analyst.work(other, "TAKE_UP");
  await analyst.work(id, "TAKE_UP");
  await analyst.note(other, "Of another.");
  await analyst.note(id, "The POD is here.");
  expect((await live.take(2)).map((it) => it.deductionTimeline)).toMatchObject([
    { activity: { action: "TAKE_UP", from: "CAPTURED", to: "OPEN", by: books.company.subjects.analyst }, deduction: { id } }, { activity: { action: "NOTE", note: "The POD is here." } },
  ]);
  await live.close();
});

test("days with us are all but the wait for the customer, a part counts from the whole, and the target says what is late", async () => {
  const clock = async (id: string) => {
    const { node } = await app.query(books.company.as.collector, CaseClockDocument, { id });
    return node && "case" in node ? node.case : null;
  };
  const id = await takenFrom(books, account, "30.00");
  await analyst.work(id, "TAKE_UP");
  later("2026-03-24");
  expect(await clock(id)).toMatchObject({ daysOpen: 4, daysWithUs: 4, overSla: null });
  await analyst.work(id, "ASK_CUSTOMER", { followUpOn: "2026-03-30" });
  later("2026-03-30");
  expect((await policy({ slaDays: 4, costPerDeduction: "150.00" })).deductionPolicy).toMatchObject({ slaDays: 4, nearDays: 7, costPerDeduction: { amount: "150.00", currency: "USD" }, setBy: expect.any(String) });
  expect(await clock(id)).toMatchObject({ daysOpen: 10, daysWithUs: 4, overSla: false });
  expect((await analyst.split(id, "10.00", "20.00")).userErrors).toEqual([]);
  later("2026-04-01");
  expect(await clock(id)).toMatchObject({ daysOpen: 10, daysWithUs: 4 });
  const part = (await analyst.all(await customerOf(id))).find((it) => it.open.amount === "20.00")!.id;
  expect(await clock(part)).toMatchObject({ state: "AWAITING_CUSTOMER", daysOpen: 12, daysWithUs: 4, overSla: false });
  await analyst.work(part, "RESEARCH");
  later("2026-04-03");
  expect(await clock(part)).toMatchObject({ daysOpen: 14, daysWithUs: 6, overSla: true });
  expect((await policy({ slaDays: 0 })).userErrors).toMatchObject([{ code: "VALUE_INVALID", field: ["slaDays"] }]);
  expect((await app.query(books.company.as.biReader, DeductionPolicyDocument)).deductionPolicy).toMatchObject({ slaDays: 4 });
});

const customerOf = async (id: string): Promise<string> => (await app.query(books.company.as.collector, `query ($id: ID!) { node(id: $id) { ... on Deduction { customer { id } } } }`, { id })).node.customer.id;
