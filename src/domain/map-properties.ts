import { Refusal } from "./refusal.ts";

/** Where a property stands in a map: the names of the properties, and the positions in lists, from the outside in. */
export type Path = readonly string[];

/** An object of parsed JSON whose values are not checked yet. */
export type Properties = Readonly<Record<string, unknown>>;

/** Refuses a map because of the property at the path; `must` completes the sentence "… must be". */
export function refuseMap(path: Path, must: string): never {
  const place = path.length === 0 ? "The map" : path.join(".");
  throw new Refusal("MAP_INVALID", `${place} must be ${must}.`, { field: path });
}

/** The value as an object with no other properties than those named. Refuses a property too many, since it is most likely misspelled. */
export function objectAt(value: unknown, path: Path, known: readonly string[]): Properties {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return refuseMap(path, `an object with ${known.join(", ")}`);
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined) return refuseMap([...path, unknown], `left out; the properties here are ${known.join(", ")}`);
  return value as Properties;
}

/** A property that must be a text that is not blank, without blanks around it. */
export function textAt(from: Properties, key: string, path: Path): string {
  const value = from[key];
  return typeof value === "string" && value.trim() !== "" ? value.trim() : refuseMap([...path, key], "a text that is not empty");
}

/** A property that must be one of the words. */
export function oneOf<W extends string>(words: readonly W[], from: Properties, key: string, path: Path): W {
  return wordOf(words, from[key], [...path, key]);
}

/** A property that must be a list in which each entry is one of the words. */
export function oneOfEach<W extends string>(words: readonly W[], from: Properties, key: string, path: Path): W[] {
  return entriesOf(from, key, path).map((value, index) => wordOf(words, value, [...path, key, String(index)]));
}

/** A property that must be a list of texts, none of them twice. An empty text is allowed: it is the name of a column without one, or the value of an empty cell. */
export function listAt(from: Properties, key: string, path: Path): string[] {
  const texts = entriesOf(from, key, path).map((value, index) =>
    typeof value === "string" ? value.trim() : refuseMap([...path, key, String(index)], "a text"),
  );
  const twice = texts.findIndex((text, index) => texts.indexOf(text) < index);
  return twice < 0 ? texts : refuseMap([...path, key, String(twice)], `given once; "${texts[twice]}" stands in the list already`);
}

/** A property that must be a list. */
export function entriesOf(from: Properties, key: string, path: Path): readonly unknown[] {
  const value = from[key];
  return Array.isArray(value) ? value : refuseMap([...path, key], "a list");
}

/** What `read` makes of a property, or null where the property is absent or null. */
export function nullable<T>(from: Properties, key: string, read: (value: unknown) => T): T | null {
  const value = from[key];
  return value === undefined || value === null ? null : read(value);
}

function wordOf<W extends string>(words: readonly W[], value: unknown, path: Path): W {
  return words.find((word) => word === value) ?? refuseMap(path, `one of ${words.map((word) => JSON.stringify(word)).join(", ")}`);
}
