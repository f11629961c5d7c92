import { openTestApp, type TestApp } from "../kit/app.ts";
import { statementsOf } from "../kit/statements.ts";
import { Case6 } from "./case-6.ts";

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

test("the cases of however many deductions are read by one statement of each kind", async () => {
  const { analyst, customer, id } = await Case6.open(app);
  const read = async (): Promise<string[]> =>
    (await statementsOf(() => analyst.all(customer.id))).flatMap(({ name }) => /^(cases\.\w+|limits\.\w+|deductions\.\w+|settlements\.\w+)/.exec(name)?.[0] ?? []).sort();
  const ofOne = await read();
  expect(ofOne).toEqual(["cases.byKeys", "deductions.by", "limits.ofCurrencies", "settlements.ofDeductions"]);
  await analyst.split(id, "100.00", "60.00", "39.00", "1.00");
  expect(await analyst.all(customer.id)).toHaveLength(5);
  expect(await read()).toEqual(ofOne);
});

test("the item of a case is found by the unique index on its document", async () => {
  const { analyst, id } = await Case6.open(app);
  const sent = await statementsOf(() => analyst.of(id));
  const { text } = sent.find(({ name }) => name === "cases.byKeys")!;
  const plan = await app.db.source.transaction(async (manager) => {
    await manager.query("set local enable_seqscan = off");
    return manager.query<unknown>(`explain ${text}`, [[], []]);
  });
  expect(JSON.stringify(plan)).toMatch(/open_item_company_id_document_id_installment_no_key on open_item item .*installment_no = 1/s);
});
