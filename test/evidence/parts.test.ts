import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { Analyst } from "../deductions/analyst.ts";
import { Researcher, shortPaid } from "./researcher.ts";

let app: TestApp;
let books: Books;
let [analyst, researcher]: [Analyst?, Researcher?] = [];
let short: Awaited<ReturnType<typeof shortPaid>>;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  books = await Books.open(app);
  [analyst, researcher] = [new Analyst(books), new Researcher(books)];
  short = await shortPaid(books);
});

/** A deduction with what it was split into and out of. */
const family = async (id: string) => (await app.query(analyst!.books.company.as.analyst, `query ($id: ID!) { node(id: $id) { ... on Deduction { id parts { id } partOf { id } evidence { reference } readiness { share } } } }`, { id })).node;

test("the papers of a whole are those of its parts, and of their parts; a part's own are not the whole's", async () => {
  const whole = short.deductionId;
  await researcher!.add(whole, { kind: "POD", reference: "POD 1" });
  await analyst!.split(whole, "120.00", "80.00");
  const [, first, second] = await analyst!.all(short.customerId);
  await researcher!.add(first!.id, { kind: "BOL", reference: "BOL 1" });
  await analyst!.split(first!.id, "100.00", "20.00");
  const [, , , third] = await analyst!.all(short.customerId);
  const papers = async (id: string) => (await family(id)).evidence.map(({ reference }: { reference: string }) => reference);
  expect(await papers(whole)).toEqual(["POD 1"]);
  expect(await papers(second!.id)).toEqual(["POD 1"]);
  expect(await papers(third!.id)).toEqual(["POD 1", "BOL 1"]);
  expect((await family(whole)).parts.map(({ id }: { id: string }) => id).sort()).toEqual([first!.id, second!.id].sort());
  expect((await family(third!.id)).partOf).toEqual([{ id: first!.id }]);
  expect((await family(third!.id)).readiness.share).toBeGreaterThanOrEqual((await family(second!.id)).readiness.share);
});

test("what several were merged into has the papers of all", async () => {
  await books.bill(short.account, { number: "M-2", total: "100.00" });
  const { payment } = await books.pay({ account: short.account, amount: "90.00", lines: [{ reference: "M-2", gross: "100.00", deduction: "10.00", customerCode: "22" }] });
  const other = payment!.deductions[0]!.id;
  await researcher!.add(short.deductionId, { kind: "POD", reference: "POD 1" });
  await researcher!.add(other, { kind: "POD", reference: "POD 2" });
  const { deduction } = await analyst!.merge(short.deductionId, other);
  const merged = await family(deduction!.id);
  expect(merged.evidence.map(({ reference }: { reference: string }) => reference)).toEqual(["POD 1", "POD 2"]);
  expect(merged.partOf).toHaveLength(2);
});
