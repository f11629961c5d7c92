import { book, importBook } from "../imports/books.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { CreditDocument, IssueDebitMemoDocument, IssueInvoiceDocument, PlaceHoldDocument, type PlaceHoldInput, ReleaseHoldDocument, type ReleaseHoldInput, SetCreditLimitDocument, type SetCreditLimitInput } from "../kit/gql.ts";

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

  describe("on invoices", () => {
    const bill = async (invoicedOn = "2026-03-01", number = "H-1") =>
      (await app.query(books.company.as.controller, IssueInvoiceDocument, { input: { account: customer.account, number, currency: "USD", invoicedOn, dueOn: "2026-06-30", total: "10.00", lines: [{ description: "Goods", amount: "10.00" }] } })).issueInvoice;

    test.each(["INVOICES", "ALL"] as const)("a hold on %s keeps invoices from being issued, and says which it is, since when, by whom and who may release it", async (scope) => {
      const placed = (await hold({ scope, since: "2026-02-10" })).hold!;
      const by = books.company.subjects.controller;
      const message = `Nothing is billed to this customer: a hold on ${scope} stands since 2026-02-10, placed by ${by} ("Cheque returned"). CONTROLLER may release it.`;
      expect(await bill()).toEqual({ invoice: null, hold: placed, userErrors: [{ code: "CUSTOMER_ON_HOLD", message, field: ["account"] }] });
      expect((await books.of(customer.id)).invoices!.edges).toEqual([]);
      await release({ holdId: placed.id });
      expect(await bill()).toMatchObject({ invoice: { number: "H-1" }, hold: null, userErrors: [] });
    });

    test.each(["ORDERS", "SHIPMENTS"] as const)("a hold on %s does not", async (scope) => {
      await hold({ scope });
      expect((await bill()).userErrors).toEqual([]);
    });

    test.each([
      ["dated before a hold that stands", { since: "2026-02-10" }, "2026-01-31", ["CUSTOMER_ON_HOLD"]],
      ["dated ahead, when a hold will stand", { since: "2026-03-10" }, "2026-03-15", ["CUSTOMER_ON_HOLD"]],
      ["of today, when a hold will stand later", { since: "2026-03-10" }, "2026-03-01", []],
    ])("an invoice %s", async (_case, held, invoicedOn, codes) => {
      await hold(held);
      expect((await bill(invoicedOn)).userErrors.map(({ code }) => code)).toEqual(codes);
    });

    test("an invoice dated within a hold that was released since is free", async () => {
      const { hold: placed } = await hold({ since: "2026-02-01" });
      await release({ holdId: placed!.id, releasedOn: "2026-02-20" });
      expect((await bill("2026-02-10")).userErrors).toEqual([]);
    });

    test("what was issued under its key before the hold is answered again, memos and books pass, and a limit that is exceeded stops nothing", async () => {
      await grant({ amount: "5.00" });
      await books.bill(customer.account, { number: "K-1", total: "10.00", idempotencyKey: "k" });
      await hold();
      expect((await books.bill(customer.account, { number: "K-1", total: "10.00", idempotencyKey: "k" }))[0]).toMatchObject({ number: "K-1" });
      const memo = { account: customer.account, number: "D-1", currency: "USD", issuedOn: "2026-03-01", total: "1.00", lines: [{ description: "Fee", amount: "1.00" }], reason: "NSF_FEE" as const };
      expect((await app.query(books.company.as.controller, IssueDebitMemoDocument, { input: memo })).issueDebitMemo.userErrors).toEqual([]);
      const past = book(`${customer.account},Held,P-1,2026-01-05,2026-02-05,,USD,1.00`);
      expect(await importBook(app, books.company, past)).toMatchObject({ status: "POSTED", counts: { rejects: 0, invoices: 1 } });
      expect((await read()).credit).toMatchObject({ balance: { amount: "12.00" }, available: { amount: "-7.00" }, exceeded: true });
    });
  });

  test("a hold says why", async () => {
    expect(await hold({ reason: " " })).toMatchObject({ hold: null, userErrors: [{ code: "VALUE_INVALID", field: ["reason"] }] });
  });
});
