import fc from "fast-check";

/** Ways to settle that concede, and that do not, as a random number picks among them. */
export const CONCEDING = ["CREDIT_MEMO", "WRITE_OFF", "DISCOUNT", "PROMOTION", "GOODWILL", "BAD_DEBT", "NETTING"] as const;
export const DENYING = ["CHARGEBACK", "REVERSAL"] as const;

/** What somebody does about a deduction, in terms that mean something at any state of the books: `pick` counts among those that it can be done with. Shares are thousandths of what is open. */
export type CaseCommand =
  | { readonly kind: "DECIDE"; readonly pick: number; readonly share: number }
  | { readonly kind: "SPLIT"; readonly pick: number; readonly shares: readonly number[] }
  | { readonly kind: "MERGE"; readonly pick: number; readonly more: number }
  | { readonly kind: "SETTLE"; readonly pick: number; readonly parts: readonly { readonly way: number; readonly share: number }[]; readonly day: number }
  | { readonly kind: "UNDO"; readonly pick: number }
  | { readonly kind: "DISPUTE_AGAIN"; readonly pick: number };

const pick = fc.nat({ max: 40 });
const share = fc.oneof(fc.constant(1_000), fc.integer({ min: 1, max: 1_050 }));

export const caseCommand: fc.Arbitrary<CaseCommand> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("DECIDE" as const), pick, share: fc.constantFrom(0, 0, 1_000, 1_000, 400, 999) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("SPLIT" as const), pick, shares: fc.array(fc.integer({ min: 0, max: 600 }), { minLength: 1, maxLength: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("MERGE" as const), pick, more: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant("SETTLE" as const), pick, parts: fc.array(fc.record({ way: pick, share }), { minLength: 1, maxLength: 2 }), day: fc.nat({ max: 60 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("UNDO" as const), pick }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("DISPUTE_AGAIN" as const), pick }) },
);

/**
 * What random work seldom comes to in one history. Of a short pay and a claim: the short pay split in three, two of its parts
 * and the claim merged; the third reversed in part, that undone, and all of it reversed; what was merged charged back in part,
 * that undone, and all of it charged back.
 */
export const WORKED: readonly CaseCommand[] = [
  { kind: "SPLIT", pick: 0, shares: [300, 200] },
  { kind: "MERGE", pick: 0, more: 2 },
  ...[1, 0].flatMap((way, done): CaseCommand[] => [
    { kind: "DECIDE", pick: 0, share: 0 },
    { kind: "SETTLE", pick: 0, parts: [{ way, share: 300 }], day: 46 },
    { kind: "UNDO", pick: done },
    { kind: "DECIDE", pick: 0, share: 0 },
    { kind: "SETTLE", pick: 0, parts: [{ way, share: 1_000 }], day: 46 },
  ]),
];
