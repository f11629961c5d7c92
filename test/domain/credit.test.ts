import { creditStanding, holdStands, inForce } from "../../src/domain/credit.ts";

const limit = (minor: bigint, expiresOn: string | null = null) => ({ currency: "USD", minor, expiresOn });

test.each([
  ["below the limit", limit(1000n), 400n, { expired: false, availableMinor: 600n, exceeded: false }],
  ["at the limit nothing is left, and it counts as exceeded", limit(1000n), 1000n, { expired: false, availableMinor: 0n, exceeded: true }],
  ["above the limit what is available is negative", limit(1000n), 1200n, { expired: false, availableMinor: -200n, exceeded: true }],
  ["unused credit of the customer adds to it", limit(1000n), -50n, { expired: false, availableMinor: 1050n, exceeded: false }],
  ["on its last day a limit still grants", limit(1000n, "2026-03-01"), 400n, { expired: false, availableMinor: 600n, exceeded: false }],
  ["an expired limit grants nothing", limit(1000n, "2026-02-28"), 400n, { expired: true, availableMinor: -400n, exceeded: true }],
])("%s", (_rule, granted, balance, standing) => {
  expect(creditStanding(granted, balance, "2026-03-01")).toEqual(standing);
});

test("the decision in force is the last to have taken effect", () => {
  const decisions = [{ effectiveOn: "2026-05-01" }, { effectiveOn: "2026-02-01" }, { effectiveOn: "2026-01-01" }];
  expect(inForce(decisions, "2026-04-30")).toBe(decisions[1]);
  expect(inForce(decisions, "2026-05-01")).toBe(decisions[0]);
  expect(inForce(decisions, "2025-12-31")).toBeNull();
});

test.each([["2026-01-31", false], ["2026-02-01", true], ["2026-02-28", true], ["2026-03-01", false]])("a hold from 2026-02-01, released on 2026-03-01, stands on %s: %s", (day, stands) => {
  expect(holdStands({ since: "2026-02-01", releasedOn: "2026-03-01" }, day)).toBe(stands);
});
