import fc from "fast-check";
import { firstCycle, type ParentFact, parentOn, spansMeet } from "../../src/domain/customer-tree.ts";

const fact = (customerId: string, parentId: string | null, effectiveOn: string): ParentFact => ({ customerId, parentId, effectiveOn });

describe("the corporate tree", () => {
  const facts = [fact("shop", "north", "2026-01-01"), fact("shop", "south", "2026-06-01"), fact("shop", null, "2026-09-01"), fact("shop", "east", "2026-06-01")];
  test.each([
    ["before the first fact it stands alone", "2025-12-31", null],
    ["from its day on a fact holds", "2026-01-01", "north"],
    ["until the next one", "2026-05-31", "north"],
    ["of two for one day the one recorded later counts", "2026-06-01", "east"],
    ["and it may stand alone again", "2026-09-01", null],
  ])("%s", (_rule, day, parent) => {
    expect(parentOn(facts, "shop", day)).toBe(parent);
  });

  test.each<[string, ParentFact[], ParentFact, string | null]>([
    ["a customer below its own child", [fact("b", "a", "2026-01-01")], fact("a", "b", "2026-02-01"), "2026-02-01"],
    ["a customer below its grandchild", [fact("b", "a", "2026-01-01"), fact("c", "b", "2026-01-01")], fact("a", "c", "2026-01-01"), "2026-01-01"],
    ["a circle that closes later", [fact("b", "a", "2026-05-01")], fact("a", "b", "2026-02-01"), "2026-05-01"],
    ["the child left before", [fact("b", "a", "2026-01-01"), fact("b", null, "2026-02-01")], fact("a", "b", "2026-02-01"), null],
    ["a brother", [fact("b", "top", "2026-01-01"), fact("a", "top", "2026-01-01")], fact("a", "b", "2026-02-01"), null],
  ])("%s", (_rule, known, added, day) => {
    expect(firstCycle(known, added)).toBe(day);
  });

  test("whatever is added, nobody is ever above itself", () => {
    const days = ["2026-01-01", "2026-02-01", "2026-03-01"];
    const one = fc.record({ customerId: fc.constantFrom("a", "b", "c", "d"), parentId: fc.constantFrom("a", "b", "c", "d", null), effectiveOn: fc.constantFrom(...days) });
    fc.assert(fc.property(fc.array(one, { maxLength: 12 }), (tried) => {
      const kept: ParentFact[] = [];
      for (const added of tried) if (added.customerId !== added.parentId && firstCycle(kept, added) === null) kept.push(added);
      for (const day of days) {
        for (const start of ["a", "b", "c", "d"]) {
          let above: string | null = start;
          for (let step = 0; step < 4 && above !== null; step++) above = parentOn(kept, above, day);
          expect(above).toBeNull();
        }
      }
    }));
  });
});

test.each([
  ["2026-01-01", "2026-01-31", "2026-02-01", null, false],
  ["2026-01-01", "2026-02-01", "2026-02-01", null, true],
  ["2026-01-01", null, "2030-01-01", "2030-01-02", true],
  ["2026-03-01", null, "2026-01-01", "2026-02-28", false],
])("%s to %s and %s to %s have a day in common: %s", (a, b, c, d, meet) => {
  expect(spansMeet({ startsOn: a, endsOn: b }, { startsOn: c, endsOn: d })).toBe(meet);
});
