import { type BusinessDate, businessDate, isBusinessDate } from "./dates.ts";
import { minorFromDecimal } from "./money.ts";
import { type Quantity, unitKey } from "./quantity.ts";
import { at, Refusal } from "./refusal.ts";

const LONGEST_TEXT = 1_000;

/** A JSON object that is read strictly: what is not as it should be is refused with the path of the field, and so is what nobody asked for. */
export class PaperReader {
  readonly #asked = new Set<string>();

  constructor(
    private readonly content: Readonly<Record<string, unknown>>,
    private readonly path: readonly string[],
    private readonly currency: string,
  ) {}

  /** Reads a text as one JSON object. */
  static of(text: string, currency: string, path: readonly string[]): PaperReader {
    try {
      const content: unknown = JSON.parse(text);
      if (isObject(content)) return new PaperReader(content, path, currency);
    } catch {
      // It is said below.
    }
    throw new Refusal("VALUE_INVALID", "The document is not a JSON object.", { field: path });
  }

  text(field: string): string {
    const value = this.#take(field);
    if (typeof value !== "string" || value.trim() === "" || value.length > LONGEST_TEXT) throw this.#wrong(field, `a text of 1 to ${LONGEST_TEXT} characters`);
    return value;
  }

  textOr<Otherwise>(field: string, otherwise: Otherwise): string | Otherwise {
    return this.has(field) ? this.text(field) : otherwise;
  }

  oneOf<Value extends string>(field: string, values: readonly Value[]): Value {
    const value = this.#take(field);
    if (!values.includes(value as Value)) throw this.#wrong(field, `one of ${values.join(", ")}`);
    return value as Value;
  }

  day(field: string): BusinessDate {
    const value = this.#take(field);
    if (typeof value !== "string" || !isBusinessDate(value)) throw this.#wrong(field, "a day like 2026-03-31");
    return businessDate(value);
  }

  /** An amount that is not negative, as a plain decimal in a text. */
  amount(field: string): bigint {
    const value = this.#take(field);
    if (typeof value !== "string" || value.startsWith("-")) throw this.#wrong(field, "an amount like \"12.50\"");
    return at({ field: [...this.path, field] }, () => minorFromDecimal(value, this.currency));
  }

  amountOr<Otherwise>(field: string, otherwise: Otherwise): bigint | Otherwise {
    return this.has(field) ? this.amount(field) : otherwise;
  }

  /** A count with its unit, such as `"quantity": "12.5", "unit": "CASE"`. */
  quantity(): Quantity {
    return { thousandths: this.thousandths("quantity", "a count like \"12\" or \"12.5\""), unit: unitKey(this.text("unit")) };
  }

  /** A plain decimal of at most three places, in thousandths. */
  thousandths(field: string, wanted: string): bigint {
    const value = this.#take(field);
    const match = typeof value === "string" ? /^(\d{1,12})(?:\.(\d{1,3}))?$/.exec(value) : null;
    if (!match) throw this.#wrong(field, wanted);
    return BigInt(match[1]!) * 1000n + BigInt((match[2] ?? "").padEnd(3, "0"));
  }

  /** A whole number from 1 on. */
  whole(field: string): number {
    const value = this.#take(field);
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 1 || value > 1_000_000) throw this.#wrong(field, "a whole number from 1 to 1000000");
    return value;
  }

  each<Part>(field: string, read: (part: PaperReader) => Part): Part[] {
    const value = this.#take(field);
    if (!Array.isArray(value) || value.length === 0 || value.length > 1_000) throw this.#wrong(field, "a list of 1 to 1000");
    return value.map((part, no) => {
      if (!isObject(part)) throw this.#wrong(`${field}.${no}`, "an object");
      return new PaperReader(part, [...this.path, field, String(no)], this.currency).#whole(read);
    });
  }

  eachOr<Part>(field: string, read: (part: PaperReader) => Part): Part[] {
    return this.has(field) ? this.each(field, read) : [];
  }

  inside<Part>(field: string, read: (part: PaperReader) => Part): Part | null {
    if (!this.has(field)) return null;
    const value = this.#take(field);
    if (!isObject(value)) throw this.#wrong(field, "an object");
    return new PaperReader(value, [...this.path, field], this.currency).#whole(read);
  }

  has(field: string): boolean {
    return this.content[field] != null || (this.#asked.add(field), false);
  }

  /** Reads all of it. Refuses fields that nobody asked for: a misspelled one would else be left out in silence. */
  all<Part>(read: (part: PaperReader) => Part): Part {
    return this.#whole(read);
  }

  #whole<Part>(read: (part: PaperReader) => Part): Part {
    const part = read(this);
    const unknown = Object.keys(this.content).find((field) => !this.#asked.has(field));
    if (unknown !== undefined) throw new Refusal("VALUE_INVALID", `"${unknown}" is no field of this document; it has ${[...this.#asked].join(", ")}.`, { field: [...this.path, unknown] });
    return part;
  }

  #take(field: string): unknown {
    this.#asked.add(field);
    return this.content[field];
  }

  #wrong(field: string, wanted: string): Refusal {
    const given = JSON.stringify(this.content[field]);
    return new Refusal("VALUE_INVALID", `"${field}" is ${given === undefined ? "left out" : given.slice(0, 100)}; ${wanted} was expected.`, { field: [...this.path, ...field.split(".")] });
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => value !== null && typeof value === "object" && !Array.isArray(value);
