import { dsoEffect, simpleDso } from "../../src/domain/dso.ts";

test("case 17: 212,000 owed of 250,000 sold in 90 days are 76.32 days", () => {
  expect(simpleDso({ receivableMinor: 21_200_000n, salesMinor: 25_000_000n, days: 90 })).toBe(76.32);
});

test.each([[0n], [-1n]])("without sales there are no days: %s", (salesMinor) => {
  expect(simpleDso({ receivableMinor: 100n, salesMinor, days: 30 })).toBeNull();
  expect(dsoEffect({ receivableMinor: 100n, salesMinor, days: 30 }, 10n)).toEqual({ dso: null, dsoWithout: null, added: null });
});

test.each<[string, bigint, bigint, bigint, number, object]>([
  ["a part adds its own days", 212_000n, 250_000n, 12_000n, 90, { dso: 76.32, dsoWithout: 72, added: 4.32 }],
  ["no part adds nothing", 212_000n, 250_000n, 0n, 90, { dso: 76.32, dsoWithout: 76.32, added: 0 }],
  ["rounded, with and without differ by what is added", 1_000n, 3_000n, 5n, 31, { dso: 10.33, dsoWithout: 10.28, added: 0.05 }],
  ["customers who have more to their credit owe less than nothing", -100n, 1_000n, 50n, 30, { dso: -3, dsoWithout: -4.5, added: 1.5 }],
])("%s", (_rule, receivableMinor, salesMinor, partMinor, days, expected) => {
  expect(dsoEffect({ receivableMinor, salesMinor, days }, partMinor)).toEqual(expected);
});
