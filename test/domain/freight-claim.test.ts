import { FreightClaimAction, type FreightClaimDates, FreightClaimState, freightActions, freightDeadlines, isFreightClaimOver, missingForFiling, nextFreightState, postCarrierPayment, postDroppedClaim, postFiledClaim } from "../../src/domain/freight-claim.ts";
import { total } from "../../src/domain/money.ts";

const NOTHING_AGREED = { filingMonths: null, suitMonths: null };
const dates = (its: Partial<FreightClaimDates>): FreightClaimDates => ({ state: "FOUND", deliveredOn: null, filedOn: null, statusOn: null, disallowedOn: null, ...its });

describe("the clocks of a claim against a carrier", () => {
  test.each<[string, Partial<FreightClaimDates>, ReturnType<typeof freightDeadlines>]>([
    ["nine months to file from delivery", { deliveredOn: "2026-05-12" }, [{ clock: "FILE", on: "2027-02-12", ours: true }]],
    ["the end of a shorter month", { deliveredOn: "2026-05-31" }, [{ clock: "FILE", on: "2027-02-28", ours: true }]],
    ["nothing to count from", {}, []],
    ["30 days to acknowledge and 120 to decide", { state: "FILED", filedOn: "2026-06-01" }, [{ clock: "ACKNOWLEDGE", on: "2026-07-01", ours: false }, { clock: "DECIDE", on: "2026-09-29", ours: false }]],
    ["acknowledged, it is still to be decided", { state: "ACKNOWLEDGED", filedOn: "2026-06-01" }, [{ clock: "DECIDE", on: "2026-09-29", ours: false }]],
    ["a report before the 120 days changes nothing", { state: "ACKNOWLEDGED", filedOn: "2026-06-01", statusOn: "2026-08-01" }, [{ clock: "DECIDE", on: "2026-09-29", ours: false }]],
    ["a report after them leaves 60 days to the next", { state: "ACKNOWLEDGED", filedOn: "2026-06-01", statusOn: "2026-09-29" }, [{ clock: "STATUS", on: "2026-11-28", ours: false }]],
    ["two years to sue", { state: "DISALLOWED", filedOn: "2026-06-01", disallowedOn: "2028-02-29" }, [{ clock: "SUE", on: "2030-02-28", ours: true }]],
    ["none when it is paid", { state: "PAID", filedOn: "2026-06-01" }, []],
  ])("%s", (_case, its, expected) => expect(freightDeadlines(dates(its), NOTHING_AGREED)).toEqual(expected));

  test("a contract may leave other times", () => {
    const agreed = { filingMonths: 12, suitMonths: 36 };
    expect(freightDeadlines(dates({ deliveredOn: "2026-05-12" }), agreed)).toEqual([{ clock: "FILE", on: "2027-05-12", ours: true }]);
    expect(freightDeadlines(dates({ state: "DISALLOWED", disallowedOn: "2026-05-12" }), agreed)).toEqual([{ clock: "SUE", on: "2029-05-12", ours: true }]);
  });
});

const ALLOWED = [
  "FOUND FILE FILED", "FOUND CLOSE CLOSED",
  "FILED ACKNOWLEDGE ACKNOWLEDGED", "FILED REPORT_STATUS FILED", "FILED OFFER FILED", "FILED DISALLOW DISALLOWED", "FILED PAY FILED", "FILED CLOSE CLOSED",
  "ACKNOWLEDGED REPORT_STATUS ACKNOWLEDGED", "ACKNOWLEDGED OFFER ACKNOWLEDGED", "ACKNOWLEDGED DISALLOW DISALLOWED", "ACKNOWLEDGED PAY ACKNOWLEDGED", "ACKNOWLEDGED CLOSE CLOSED",
  "DISALLOWED OFFER DISALLOWED", "DISALLOWED SUE IN_SUIT", "DISALLOWED PAY DISALLOWED", "DISALLOWED CLOSE CLOSED",
  "IN_SUIT OFFER IN_SUIT", "IN_SUIT PAY IN_SUIT", "IN_SUIT CLOSE CLOSED",
];

test("every pair of state and action is allowed or refused as the table says", () => {
  const found = Object.values(FreightClaimState).flatMap((from) => Object.values(FreightClaimAction).flatMap((action) => {
    const to = nextFreightState(from, action);
    expect(freightActions(from).includes(action)).toBe(to !== null);
    return to === null ? [] : [`${from} ${action} ${to}`];
  }));
  expect(found).toEqual(ALLOWED);
  expect(Object.values(FreightClaimState).filter(isFreightClaimOver)).toEqual(["PAID", "CLOSED"]);
});

test("the last payment ends it, from whatever state it may be paid in", () => {
  for (const state of ["FILED", "ACKNOWLEDGED", "DISALLOWED", "IN_SUIT"] as const) expect(nextFreightState(state, "PAY", true)).toBe("PAID");
  expect(nextFreightState("FOUND", "PAY", true)).toBeNull();
});

test("a claim is filed when it is in writing, identifies the shipment, and asks for a definite amount", () => {
  const whole = { billOfLading: "BOL-1", proNumber: null, claimedMinor: 48_000n, papers: "letter of 2026-06-01" };
  expect(missingForFiling(whole)).toEqual([]);
  expect(missingForFiling({ ...whole, billOfLading: null, proNumber: "PRO-7" })).toEqual([]);
  expect(missingForFiling({ billOfLading: null, proNumber: null, claimedMinor: 0n, papers: " " })).toHaveLength(3);
});

test("what is filed, paid and dropped balances, and touches no account that customers stand in", () => {
  for (const postings of [postFiledClaim(48_000n), postCarrierPayment(30_000n), postDroppedClaim(18_000n)]) {
    expect(total(postings.map(({ minor }) => minor))).toBe(0n);
    expect(postings.map(({ account }) => account).every((account) => ["BANK", "CARRIER_CLAIMS_RECEIVABLE", "FREIGHT_LOSS"].includes(account))).toBe(true);
  }
});
