import { partsOf } from "../../src/board/aging.ts";
import { dotsOf, figureText } from "../../src/board/customer/habits.ts";
import { amountOf, sumOf } from "../../src/board/format.ts";
import { Line } from "../../src/board/live/line.ts";

const dollars = (minor: bigint) => amountOf(minor, "USD");

test("the parts of a bar add up to the balance, credits below zero, whatever their size", () => {
  const ranges = [90_071_992_547_409_93n, 1n, 0n, 250n, 3n].map((minor, age) => ({ fromDays: age, toDays: null, items: minor > 0n ? 1 : 0, amount: dollars(minor) }));
  const open = { currency: "USD", asOf: "2026-06-30", ranges, pastDue: dollars(254n), oldestDueOn: null, deductions: dollars(10n), deductionItems: 1, credits: dollars(7n), creditItems: 1, balance: dollars(90_071_992_547_412_50n) };
  const parts = partsOf(open);
  expect(sumOf(parts.map(({ amount }) => amount), "USD")).toEqual(open.balance);
  expect(parts[0]).toMatchObject({ key: "credits", amount: { amount: "-0.07" } });
  expect(parts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
});

test("dots are cash on invoices by the days between due date and receipt", () => {
  expect(dotsOf({ edges: [], pageInfo: { hasNextPage: false } })).toEqual([]);
  const use = (id: string, kind: "CASH" | "EARNED_DISCOUNT", dueOn: string) => ({ id, kind, effectiveOn: "2026-06-30", amount: dollars(100n), invoice: { id, number: id, dueOn }, deduction: null });
  const payment = {
    id: "P", status: "APPLIED" as const, source: "MANUAL" as const, receivedOn: "2026-06-30", reference: null, payerName: null, amount: dollars(400n), unapplied: dollars(0n),
    applications: [use("a", "CASH", "2026-06-30"), use("b", "CASH", "2026-06-20"), use("c", "CASH", "2026-05-31"), use("d", "CASH", "2026-07-05"), use("d", "EARNED_DISCOUNT", "2026-07-05")],
  };
  expect(dotsOf({ edges: [{ node: payment }], pageInfo: { hasNextPage: false } }).map(({ late }) => late)).toEqual([0, 10, 30, -5]);
});

test.each([
  ["12.50", "12.5 days late", "12.5 days", "12.5 %"], ["-1.00", "1 day early", "-1 day", "-1 %"], ["0.00", "on the day", "0 days", "0 %"], [null, null, null, null],
])("a figure of %s reads %s, %s or %s", (value, against, days, percent) => {
  const figure = { value, reason: value === null ? ("INSUFFICIENT_SAMPLE" as const) : null };
  expect([figureText.against(figure), figureText.days(figure), figureText.percent(figure)]).toEqual([against, days, percent]);
});

test("a line is live once every stream stands, and back only after it caught up", async () => {
  const line = new Line(0);
  let back = 0;
  line.whenBack(() => back++);
  for (const stream of ["payments", "deductions"]) line.opened(stream);
  line.connected();
  line.stands("payments");
  expect(line.state().name).toBe("connecting");
  line.stands("deductions");
  expect(line.state()).toEqual({ name: "live", lostAt: null, back: null });

  line.lost();
  expect(line.state()).toMatchObject({ name: "offline", lostAt: expect.any(Date) });
  line.connected();
  line.heard();
  line.stands("payments");
  expect([line.state().name, back]).toEqual(["behind", 0]);
  line.stands("deductions");
  expect([line.state().name, line.state().back?.missed, back]).toEqual(["live", 1, 1]);
  await new Promise<void>((resolve) => line.subscribe(resolve));
  expect(line.state()).toEqual({ name: "live", lostAt: null, back: null });
});
