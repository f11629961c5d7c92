import { type Path, type Properties, listAt, nullable, objectAt, oneOf, refuseMap, textAt } from "./map-properties.ts";

/**
 * What becomes of rows whose cell in a column has one of some values, or has none of them: they are passed over and counted, because they are no open
 * items of ours at all, or rejected, because they are and cannot be taken. The reason is the map's own sentence.
 */
export interface RowRule {
  readonly column: string;
  /** The values it is about; null where it is about all except some. */
  readonly values: readonly string[] | null;
  readonly except: readonly string[] | null;
  readonly action: "skip" | "reject";
  readonly reason: string;
}

/** A system that tells what cleared what by a document of its own: items that carry the same one add up to nothing. */
export interface Clearing {
  /** Columns that name the clearing document together; a row whose first one is empty is not cleared. */
  readonly group: readonly string[];
  /** Column that tells what kind of document a row is. */
  readonly kind: string;
  /** Kinds of negative rows that are payments. */
  readonly payments: readonly string[];
  /** Kinds of negative rows that take an invoice back, so that neither is owed any more. */
  readonly reversals: readonly string[];
}

/** Whether a rule is about a cell. */
export const ruleFits = ({ values, except }: RowRule, cell: string): boolean => (values ? values.includes(cell) : !except?.includes(cell));

/** A rule from parsed JSON. Refuses one that lacks a property or has one too many. */
export function readRule(value: unknown, index: number): RowRule {
  const path: Path = ["rules", String(index)];
  const rule = objectAt(value, path, ["column", "values", "except", "action", "reason"]);
  const some = (key: "values" | "except"): string[] | null => nullable(rule, key, () => listAt(rule, key, path));
  const [values, except] = [some("values"), some("except")];
  if ((values === null) === (except === null)) return refuseMap(path, "about either values or all except some");
  if ((values ?? except)!.length === 0) return refuseMap([...path, values ? "values" : "except"], "at least one value");
  return { column: textAt(rule, "column", path), values, except, action: oneOf(["skip", "reject"], rule, "action", path), reason: textAt(rule, "reason", path) };
}

/** How clearing is told, from parsed JSON. */
export function readClearing(value: unknown): Clearing {
  const path: Path = ["clearing"];
  const clearing: Properties = objectAt(value, path, ["group", "kind", "payments", "reversals"]);
  const group = listAt(clearing, "group", path);
  if (group.length === 0 || group.includes("")) return refuseMap([...path, "group"], "at least one column, each with a name");
  const some = (key: string): string[] => nullable(clearing, key, () => listAt(clearing, key, path)) ?? [];
  const [payments, reversals] = [some("payments"), some("reversals")];
  const both = payments.find((kind) => reversals.includes(kind));
  if (both !== undefined) return refuseMap([...path, "reversals"], `without "${both}", which is a value of payments already`);
  return { group, kind: textAt(clearing, "kind", path), payments, reversals };
}
