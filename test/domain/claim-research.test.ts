import fc from "fast-check";
import type { ClaimFile, EarlierClaim } from "../../src/domain/claim-file.ts";
import { researchClaim } from "../../src/domain/claim-research.ts";
import type { Quantity } from "../../src/domain/quantity.ts";

/** 10 cases of 12 bottles at 2.00 a bottle, ordered, billed, shipped and received; `change` says what is otherwise. */
const each = (count: number): Quantity => ({ thousandths: BigInt(count) * 1000n, unit: "EACH" });
const cases = (count: number): Quantity => ({ thousandths: BigInt(count) * 1000n, unit: "CASE" });
const line = (quantity: Quantity, item = "BOTTLE") => ({ item, quantity });

function file(minor: number, change: Omit<Partial<ClaimFile>, "claim"> & { readonly claim?: Partial<ClaimFile["claim"]> } = {}): ClaimFile {
  const claim = { number: "C-1", purchaseOrder: "PO-1", reason: "SHORTAGE" as const, minor: BigInt(minor), claimedOn: "2026-03-20", text: "", ...change.claim };
  return {
    currency: "USD", earlier: [], agreements: [], packs: [{ item: "BOTTLE", unit: "CASE", holds: 12, of: "EACH" }],
    order: { number: "PO-1", orderedOn: "2026-03-01", lines: [{ ...line(each(120)), unitPriceMinor: 200n }] },
    invoice: { number: "I-1", invoicedOn: "2026-03-05", lines: [{ ...line(each(120)), minor: 24_000n }] },
    shipments: [{ number: "A-1", shippedOn: "2026-03-04", carrier: "Northern", lines: [line(each(120))] }],
    receivings: [{ number: "R-1", receivedOn: "2026-03-07", lines: [line(each(120))], note: "" }],
    ...change, claim,
  };
}
const received = (...counts: Quantity[]) => counts.map((count, no) => ({ number: `R-${no + 1}`, receivedOn: "2026-03-07", lines: [line(count)], note: "" }));
const earlier = (minor: number, credited: number | null): EarlierClaim =>
  ({ ...file(minor).claim, number: "C-0", claimedOn: "2026-03-10", credited: credited === null ? null : { minor: BigInt(credited), document: "CM-9" } });

const found = (it: ClaimFile) => {
  const { findings, explainedMinor, validMinor, recommendation } = researchClaim(it);
  return [findings.map(({ cause, minor }) => `${cause} ${minor}`).join(", "), Number(explainedMinor), Number(validMinor), recommendation];
};

describe("what accounts for a claim", () => {
  test.each<[string, ClaimFile, ...ReturnType<typeof found>]>([
    ["fewer received than billed", file(2400, { receivings: received(each(108)) }), "SHORTAGE 2400", 2400, 2400, "CREDIT"],
    ["received in two parts, short together", file(1000, { receivings: received(each(60), each(55)) }), "SHORTAGE 1000", 1000, 1000, "CREDIT"],
    ["received by the case, short by two cases", file(4800, { receivings: received(cases(8)) }), "SHORTAGE 4800", 4800, 4800, "CREDIT"],
    ["cases received for bottles billed: the bare numbers differ", file(22_000, { receivings: received(cases(10)) }), "UNIT_PER_CASE 22000", 22_000, 0, "DENY"],
    ["less claimed than was short", file(1000, { receivings: received(each(108)) }), "SHORTAGE 1000", 1000, 1000, "CREDIT"],
    ["more claimed than was short", file(3000, { receivings: received(each(108)) }), "SHORTAGE 2400", 2400, 2400, "REVIEW"],
    ["all arrived", file(2400), "DELIVERED_IN_FULL 2400", 2400, 0, "DENY"],
    ["nothing says what arrived", file(2400, { receivings: [] }), "", 0, 0, "REVIEW"],
    ["half of it credited before, the other half new", file(4800, { receivings: received(each(96)), earlier: [earlier(2400, 2400)] }), "DUPLICATE 2400, SHORTAGE 2400", 4800, 2400, "CREDIT_PART"],
    ["all of it credited before", file(2400, { receivings: received(each(108)), earlier: [earlier(2400, 2400)] }), "DUPLICATE 2400", 2400, 0, "DENY"],
    ["the same claimed before, nothing credited", file(2400, { receivings: received(each(108)), earlier: [earlier(2400, null)] }), "DUPLICATE 2400", 2400, 0, "DENY"],
    ["another amount claimed before, nothing credited", file(2400, { receivings: received(each(108)), earlier: [earlier(500, null)] }), "SHORTAGE 2400", 2400, 2400, "CREDIT"],
    ["a part of it credited before: a hundredth of it", file(2400, { receivings: received(each(108)), earlier: [earlier(2400, 24)] }), "DUPLICATE 24, SHORTAGE 2376", 2400, 2376, "CREDIT_PART"],
    ["billed above the order, and short", file(3480, {
      order: { number: "PO-1", orderedOn: "2026-03-01", lines: [{ ...line(each(120)), unitPriceMinor: 191n }] }, receivings: received(each(108)),
    }), "SHORTAGE 2400, PRICE 1080", 3480, 3480, "CREDIT"],
    ["billed above the order by the case", file(1200, {
      claim: { reason: "PRICE" }, order: { number: "PO-1", orderedOn: "2026-03-01", lines: [{ ...line(cases(10)), unitPriceMinor: 2280n }] },
    }), "PRICE 1200", 1200, 1200, "CREDIT"],
    ["another item, and nobody agreed", file(24_000, { claim: { reason: "QUALITY" }, receivings: [{ number: "R-1", receivedOn: "2026-03-07", lines: [line(each(120), "JAR")], note: "" }] }), "SUBSTITUTION 24000", 24_000, 24_000, "CREDIT"],
    ["another item, and a note says it was not approved", file(24_000, {
      claim: { reason: "QUALITY" }, receivings: [{ number: "R-1", receivedOn: "2026-03-07", lines: [line(each(120), "JAR")], note: "Substitution was not approved by the buyer." }],
    }), "SUBSTITUTION 24000", 24_000, 24_000, "CREDIT"],
    ["a promotion in its window", file(2400, {
      claim: { reason: "PROMOTION" }, agreements: [{ number: "T-1", code: "PROMO-1", item: "BOTTLE", basisPoints: 1000, validFrom: "2026-03-01", validTo: "2026-03-31" }],
    }), "PROMOTION 2400", 2400, 2400, "CREDIT"],
    ["more than the promotion gives", file(3000, {
      claim: { reason: "PROMOTION" }, agreements: [{ number: "T-1", code: "PROMO-1", item: "BOTTLE", basisPoints: 1000, validFrom: "2026-03-01", validTo: "2026-03-31" }],
    }), "PROMOTION 2400", 2400, 2400, "REVIEW"],
    ["a promotion nobody agreed to", file(2400, { claim: { reason: "PROMOTION" } }), "", 0, 0, "REVIEW"],
  ])("%s", (_name, it, ...expected) => {
    expect(found(it)).toEqual(expected);
  });

  test("names the papers that would say more", () => {
    expect(researchClaim(file(100, { order: null, shipments: [], receivings: [] })).missing).toEqual(["order", "shipment", "receiving"]);
  });

  test("explained and unexplained make the claim, and no more is valid than explained, whatever the papers say", () => {
    const count = fc.integer({ min: 0, max: 200 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60_000 }), count, count, fc.option(fc.integer({ min: 0, max: 30_000 })), fc.boolean(), fc.integer({ min: 1, max: 400 }), (minor, got, sent, credited, byCase, price) => {
        const { explainedMinor, unexplainedMinor, validMinor, findings } = researchClaim(
          file(minor, {
            receivings: received(byCase ? cases(got) : each(got)), earlier: [earlier(minor, credited)],
            shipments: [{ number: "A-1", shippedOn: "2026-03-04", carrier: null, lines: [line(each(sent))] }, { number: "A-2", shippedOn: "2026-03-05", carrier: null, lines: [line(each(120))] }],
            order: { number: "PO-1", orderedOn: "2026-03-01", lines: [{ ...line(cases(10)), unitPriceMinor: BigInt(price) }] },
          }),
        );
        expect(explainedMinor + unexplainedMinor).toBe(BigInt(minor));
        expect(explainedMinor >= validMinor && validMinor >= 0n && unexplainedMinor >= 0n).toBe(true);
        expect(findings.every((it) => it.minor > 0n)).toBe(true);
      }),
    );
  });
});
