import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { CreditDocument, PlaceHoldDocument, type PlaceHoldInput, ReleaseHoldDocument, type ReleaseHoldInput, SetCreditLimitDocument, type SetCreditLimitInput } from "../kit/gql.ts";

let app: TestApp;
let books: Books;
let customer: { id: string; account: string };
beforeAll(async () => {
  app = await openTestApp({ clock: { now: () => new Date("2026-03-01T12:00:00Z") } });
});
beforeEach(async () => {
  books = await Books.open(app);
  customer = await books.customer();
});
afterAll(() => app.close());

async function grant(input: Partial<SetCreditLimitInput>) {
  return (await app.query(books.company.as.controller, SetCreditLimitDocument, { input: { customerId: customer.id, currency: "USD", ...input } })).setCreditLimit.userErrors;
}
async function hold(input: Partial<PlaceHoldInput> = {}) {
  const wish: PlaceHoldInput = { customerId: customer.id, scope: "ALL", reason: "Cheque returned", ...input };
  return (await app.query(books.company.as.controller, PlaceHoldDocument, { input: wish })).placeHold;
}
async function release(input: ReleaseHoldInput) {
  return (await app.query(books.company.as.controller, ReleaseHoldDocument, { input })).releaseHold;
}
async function read(on?: string) {
  const { node } = await app.query(books.company.as.collector, CreditDocument, { id: customer.id, ...(on && { on }) });
  if (!node || !("creditLimits" in node)) throw new Error("There is no such customer.");
  return node;
}

describe("credit limits", () => {
  test("what is available is the limit less what is open in its currency", async () => {
    expect(await read()).toMatchObject({ credit: null, creditLimit: null, creditLimits: [] });
    expect(await grant({ amount: "1000.00", expiresOn: "2026-12-31" })).toEqual([]);
    await books.bill(customer.account, { number: "1", total: "300.00" }, { number: "2", total: "99.00", currency: "EUR" });
    await books.pay({ account: customer.account, amount: "50.00", receivedOn: "2026-02-20" });
    expect((await read()).credit).toEqual({
      limit: { amount: "1000.00", currency: "USD" }, expiresOn: "2026-12-31", expired: false, balance: { amount: "250.00" }, available: { amount: "750.00" }, exceeded: false, otherCurrencies: ["EUR"],
    });
  });

  test("a limit holds from its day until the next, expired ones grant nothing, and all of them are kept with their author", async () => {
    await grant({ amount: "500.00", effectiveOn: "2026-01-01" });
    await grant({ amount: "800.00", effectiveOn: "2026-02-01", expiresOn: "2026-02-28" });
    await grant({ effectiveOn: "2026-06-01" });
    expect((await read("2026-01-31")).creditLimit).toMatchObject({ amount: { amount: "500.00" } });
    expect((await read("2025-12-31")).creditLimit).toBeNull();
    expect((await read("2026-06-01")).creditLimit).toMatchObject({ amount: null });
    const { credit, creditLimits } = await read();
    expect(credit).toMatchObject({ limit: { amount: "800.00" }, expired: true, available: { amount: "0.00" }, exceeded: true });
    expect(creditLimits.map(({ amount, effectiveOn }) => [amount?.amount ?? null, effectiveOn])).toEqual([[null, "2026-06-01"], ["800.00", "2026-02-01"], ["500.00", "2026-01-01"]]);
    expect(creditLimits.every(({ recordedBy }) => recordedBy === books.company.subjects.controller)).toBe(true);
  });

  test("sent again under its key a limit is set once", async () => {
    for (const _time of [1, 2]) expect(await grant({ amount: "5.00", idempotencyKey: "k" })).toEqual([]);
    expect((await read()).creditLimits).toHaveLength(1);
  });

  test.each([
    ["less than nothing", { amount: "-1.00" }, "AMOUNT_INVALID", "amount"],
    ["an unknown currency", { amount: "1.00", currency: "usd" }, "CURRENCY_UNKNOWN", "currency"],
    ["an expiry before it takes effect", { amount: "1.00", expiresOn: "2026-02-28" }, "DATE_INVALID", "expiresOn"],
    ["an expiry of no limit", { expiresOn: "2026-12-31" }, "VALUE_INVALID", "expiresOn"],
  ])("%s is refused, and the field is named", async (_case, wrong, code, field) => {
    expect(await grant(wrong)).toMatchObject([{ code, field: [field] }]);
  });

  test("whoever takes the cash does not grant the credit", async () => {
    const input = { customerId: customer.id, currency: "USD", amount: "1.00" };
    for (const who of ["clerk", "bookkeeping", "collector", "administrator"] as const) {
      expect((await app.ask(books.company.as[who], SetCreditLimitDocument, { input })).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
    }
  });
});

describe("holds", () => {
  test("a hold stands from its day until its release, and stays in the history with who placed and who released it", async () => {
    const by = books.company.subjects.controller;
    const placed = await hold({ since: "2026-02-10" });
    const told = { id: placed.hold!.id, scope: "ALL", reason: "Cheque returned", since: "2026-02-10", placedBy: by, releasedOn: null, releasedBy: null, releaseNote: null };
    expect(placed).toEqual({ hold: told, userErrors: [] });
    expect((await read()).holds).toEqual([told]);
    expect(await release({ holdId: told.id, releasedOn: "2026-02-09" })).toMatchObject({ hold: null, userErrors: [{ code: "DATE_INVALID", field: ["releasedOn"] }] });
    const released = { ...told, releasedOn: "2026-03-01", releasedBy: by, releaseNote: "Paid by wire" };
    expect(await release({ holdId: told.id, note: "Paid by wire" })).toEqual({ hold: released, userErrors: [] });
    expect(await release({ holdId: told.id })).toMatchObject({ userErrors: [{ code: "CONFLICT" }] });
    expect(await read()).toMatchObject({ holds: [], holdHistory: [released] });
    expect((await read("2026-02-28")).holds).toEqual([released]);
  });

  test("a scope is held once at a time", async () => {
    await hold({ scope: "ORDERS" });
    expect(await hold({ scope: "ORDERS" })).toMatchObject({ hold: null, userErrors: [{ code: "DUPLICATE", field: ["scope"] }] });
    expect((await hold({ scope: "SHIPMENTS" })).userErrors).toEqual([]);
    expect((await read()).holds.map(({ scope }) => scope).sort()).toEqual(["ORDERS", "SHIPMENTS"]);
  });

  test("a hold says why", async () => {
    expect(await hold({ reason: " " })).toMatchObject({ hold: null, userErrors: [{ code: "VALUE_INVALID", field: ["reason"] }] });
  });
});
