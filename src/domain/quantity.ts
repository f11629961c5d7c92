/** Goods counted in a unit. In thousandths, so that weights are exact and no float comes near money. */
export interface Quantity {
  readonly thousandths: bigint;
  /** The unit as `unitKey` writes it. */
  readonly unit: string;
}

/** How many of one unit another holds, for one item: a case of 24 each. */
export interface PackSize {
  readonly item: string;
  readonly unit: string;
  readonly holds: number;
  readonly of: string;
}

/** What papers call the units that goods are counted in (X12 element 355 among them). */
const UNITS: Readonly<Record<string, string>> = {
  EA: "EACH", UNIT: "EACH", UNITS: "EACH", PC: "EACH", PCE: "EACH", PIECE: "EACH",
  CA: "CASE", CS: "CASE", CASES: "CASE", CT: "CARTON", CTN: "CARTON", PL: "PALLET", PLT: "PALLET", BX: "BOX",
};

/** One name for a unit however a paper spells it. */
export function unitKey(text: string): string {
  const name = text.trim().toUpperCase();
  return UNITS[name] ?? name;
}

/** Goods in the smallest unit that the pack sizes of their item lead to: 5 cases of 24 are 120 each. */
export function inSmallestUnit({ thousandths, unit }: Quantity, item: string, packs: readonly PackSize[]): Quantity {
  const seen = new Set<string>();
  let counted: Quantity = { thousandths, unit };
  for (;;) {
    const pack = packs.find((it) => it.item === item && it.unit === counted.unit);
    if (!pack || seen.has(pack.unit)) return counted;
    seen.add(pack.unit);
    counted = { thousandths: counted.thousandths * BigInt(pack.holds), unit: pack.of };
  }
}

/** A count for people: `115`, `12.5`. */
export function countText(thousandths: bigint): string {
  const text = `${thousandths / 1000n}.${String(thousandths % 1000n).padStart(3, "0")}`;
  return text.replace(/\.?0+$/, "");
}
