import { Analyst } from "../deductions/analyst.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { RecordShipmentDocument, RootCausesDocument, type RootCausesQueryVariables, SaveCarrierDocument } from "../kit/gql.ts";

let app: TestApp;
let books: Books;
beforeAll(async () => {
  app = await openTestApp();
  books = await Books.open(app);
  await taken();
});
afterAll(() => app.close());

/** Four deductions of two customers, of items and shipments as their invoices say. */
async function taken(): Promise<void> {
  const [harbor, bromley] = [await books.customer({ accountNumber: "H-1" }), await books.customer({ accountNumber: "B-1" })];
  for (const [customerCode, reason] of [["22", "SHORTAGE"], ["33", "DAMAGE"]] as const) await books.reason({ customerCode, reason, effectiveFrom: "2020-01-01" });
  for (const code of ["FAST", "SLOW"]) await app.query(books.company.as.analyst, SaveCarrierDocument, { input: { code, name: code } });
  const line = (item: string, amount = "1000.00") => ({ item, description: item, amount });
  const short = async (account: string, number: string, receivedOn: string, amount: string, customerCode: string, items: string[], shipped: [carrier: string, shipFrom: string][]) => {
    await books.bill(account, { number, total: "1000.00", lines: items.map((item) => line(item, (1000 / items.length).toFixed(2))) });
    for (const [no, [carrier, shipFrom]] of shipped.entries()) {
      const { recordShipment } = await app.query(books.company.as.analyst, RecordShipmentDocument, { input: { account, number: `${number}-${no}`, carrier, shipFrom, invoice: number, shippedOn: "2026-03-02" } });
      expect(recordShipment.userErrors).toEqual([]);
    }
    const net = (1000 - Number(amount)).toFixed(2);
    const { payment, userErrors } = await books.pay({ account, amount: net, receivedOn, lines: [{ reference: number, gross: "1000.00", deduction: amount, customerCode }] });
    expect(userErrors).toEqual([]);
    return payment!.deductions[0]!.id;
  };
  await short(harbor.account, "R-1", "2026-03-10", "300.00", "22", ["BOTTLE"], [["FAST", "Reno"]]);
  await short(harbor.account, "R-2", "2026-04-10", "100.00", "22", ["BOTTLE", "CAN"], [["FAST", "Reno"], ["SLOW", "Reno"]]);
  const damaged = await short(bromley.account, "R-3", "2026-04-20", "500.00", "33", ["CAN"], [["SLOW", "Dallas"]]);
  await short(bromley.account, "R-4", "2026-04-21", "100.00", "33", ["CAN"], []);
  await new Analyst(books).split(damaged, "400.00", "100.00");
}

const causes = async (by: RootCausesQueryVariables["by"], from = "2026-03-01") =>
  (await app.query(books.company.as.biReader, RootCausesDocument, { from, to: "2026-04-30", by })).deductionRootCauses.map(({ rank, cause, month, taken: amount, takenCount, share }) => [rank, cause, month.slice(0, 7), amount, takenCount, share]);

test.each<[RootCausesQueryVariables["by"], unknown[][]]>([
  ["REASON", [[1, "DAMAGE", "2026-04", "600.00", 2, 0.6], [2, "SHORTAGE", "2026-03", "300.00", 1, 0.4], [2, "SHORTAGE", "2026-04", "100.00", 1, 0.4]]],
  ["CUSTOMER", [[1, "B-1", "2026-04", "600.00", 2, 0.6], [2, "H-1", "2026-03", "300.00", 1, 0.4], [2, "H-1", "2026-04", "100.00", 1, 0.4]]],
  ["ITEM", [[1, "CAN", "2026-04", "600.00", 2, 0.6], [2, "BOTTLE", "2026-03", "300.00", 1, 0.3], [3, null, "2026-04", "100.00", 1, 0.1]]],
  ["CARRIER", [[1, "SLOW", "2026-04", "500.00", 1, 0.5], [2, "FAST", "2026-03", "300.00", 1, 0.3], [3, null, "2026-04", "200.00", 2, 0.2]]],
  ["SHIP_FROM", [[1, "Dallas", "2026-04", "500.00", 1, 0.5], [2, "Reno", "2026-03", "300.00", 1, 0.4], [2, "Reno", "2026-04", "100.00", 1, 0.4], [3, null, "2026-04", "100.00", 1, 0.1]]],
])("by %s, where the documents name exactly one; what was split counts once", async (by, expected) => {
  expect(await causes(by)).toEqual(expected);
});

test("only what was taken in the period counts", async () => {
  expect(await causes("CUSTOMER", "2026-04-01")).toEqual([[1, "B-1", "2026-04", "600.00", 2, 0.857143], [2, "H-1", "2026-04", "100.00", 1, 0.142857]]);
});
