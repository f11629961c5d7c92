import { matchClaim, possibleClaims, type UnclaimedDeduction, type WaitingClaim } from "../../src/domain/claim-match.ts";
import { claimOpen, claimStatus, readClaimAmounts } from "../../src/domain/claim.ts";
import { Refusal } from "../../src/domain/refusal.ts";

const claim = (id: string, more: Partial<WaitingClaim> = {}): WaitingClaim => ({ id, numberKey: null, invoiceIds: ["I"], orderKey: null, reason: "SHORTAGE", currency: "USD", openMinor: 100n, ...more });
const taken = (more: Partial<UnclaimedDeduction> = {}): UnclaimedDeduction => ({ numberKey: null, invoiceId: "I", orderKey: null, reason: "UNIDENTIFIED", currency: "USD", minor: 100n, ...more });

describe("the claim behind a deduction is", () => {
  test.each<[string, UnclaimedDeduction, WaitingClaim[], [string, string, bigint] | null]>([
    ["the one with its number, whatever else it says", taken({ numberKey: "N1", minor: 30n }), [claim("a", { numberKey: "N1", invoiceIds: [] }), claim("b")], ["a", "NUMBER", 30n]],
    ["the one of its invoice and amount", taken(), [claim("a", { openMinor: 90n }), claim("b")], ["b", "INVOICE_AND_AMOUNT", 100n]],
    ["the one of the order it names and amount", taken({ orderKey: "7001", invoiceId: "other" }), [claim("a", { orderKey: "7001", invoiceIds: [] })], ["a", "INVOICE_AND_AMOUNT", 100n]],
    ["the one of its invoice and reason, in part", taken({ reason: "SHORTAGE", minor: 40n }), [claim("a"), claim("b", { reason: "PRICE" })], ["a", "INVOICE_AND_REASON", 40n]],
    ["the one of its invoice and reason, and no more than that claims", taken({ reason: "SHORTAGE", minor: 140n }), [claim("a")], ["a", "INVOICE_AND_REASON", 100n]],
    ["none of two with its amount", taken({ reason: "SHORTAGE" }), [claim("a"), claim("b", { reason: "PRICE" })], null],
    ["none of two for its reason", taken({ reason: "SHORTAGE", minor: 40n }), [claim("a"), claim("b", { openMinor: 60n })], null],
    ["none for no reason in particular", taken({ minor: 40n }), [claim("a", { reason: "UNIDENTIFIED" })], null],
    ["none with another number", taken({ numberKey: "N1" }), [claim("a", { numberKey: "N2" })], null],
    ["one without a number, though the deduction has one", taken({ numberKey: "N1" }), [claim("a")], ["a", "INVOICE_AND_AMOUNT", 100n]],
    ["none in another currency", taken({ numberKey: "N1" }), [claim("a", { numberKey: "N1", currency: "EUR" })], null],
    ["none that is deducted whole", taken({ numberKey: "N1" }), [claim("a", { numberKey: "N1", openMinor: 0n })], null],
    ["none about nothing that is named", taken({ invoiceId: null }), [claim("a", { invoiceIds: [] })], null],
  ])("%s", (_rule, deduction, claims, expected) => {
    const match = matchClaim(deduction, claims);
    expect(match && [match.claim.id, match.by, match.minor]).toEqual(expected);
  });
});

test("where nothing tells claims apart, a person is shown those that could be meant", () => {
  const claims = [claim("same invoice"), claim("same order", { invoiceIds: [], orderKey: "7" }), claim("same amount", { invoiceIds: [] }), claim("other amount", { invoiceIds: [], openMinor: 1n }), claim("other invoice", { invoiceIds: ["X"] }), claim("other number", { numberKey: "N2" })];
  expect(possibleClaims(taken({ numberKey: "N1", orderKey: "7" }), claims).map(({ id }) => id)).toEqual(["same invoice", "same order", "same amount"]);
});

describe("a claim", () => {
  test("says how far it is deducted", () => {
    expect([claimStatus(100n, 0n, false), claimStatus(100n, 40n, false), claimStatus(100n, 100n, false), claimStatus(100n, 40n, true)]).toEqual(["WAITING", "PARTLY_DEDUCTED", "DEDUCTED", "WITHDRAWN"]);
    expect([claimOpen(100n, 0n, false), claimOpen(100n, 40n, false), claimOpen(100n, 100n, false), claimOpen(100n, 40n, true)]).toEqual([100n, 60n, 0n, 0n]);
  });

  test("has lines that add up to it, set-offs included", () => {
    expect(readClaimAmounts("10.00", "USD", [{ amount: "12.00", quantity: "4", unitPrice: "3" }, { amount: "-2.00" }])).toEqual({ minor: 1000n, lineMinors: [1200n, -200n] });
  });

  test.each([
    ["of nothing", "0.00", [], "AMOUNT_INVALID", ["amount"]],
    ["whose lines say something else", "10.00", [{ amount: "9.00" }], "TOTAL_MISMATCH", ["lines"]],
    ["that counts with words", "10.00", [{ amount: "10.00", quantity: "four" }], "VALUE_INVALID", ["lines", "0", "quantity"]],
  ])("%s is refused", (_what, amount, lines, code, field) => {
    expect(() => readClaimAmounts(amount, "USD", lines)).toThrow(expect.objectContaining({ code, field }) as Refusal);
  });
});
