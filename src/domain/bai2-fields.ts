import type { Bai2Record } from "./bai2-records.ts";
import { isBusinessDate, type BusinessDate } from "./dates.ts";
import { LARGEST_AMOUNT, isCurrency } from "./money.ts";
import { Refusal } from "./refusal.ts";

/**
 * Reads the comma-separated fields of a record in order, through its continuations. Each reader refuses what the field may not hold and names the
 * line that the field stands on, which may be a continuation's. Fields left out before the closing slash are empty.
 */
export class Bai2Fields {
  readonly #record: Bai2Record;
  #part = 0;
  #rest: string[];
  #line: number;

  constructor(record: Bai2Record) {
    this.#record = record;
    this.#rest = record.parts[0]!.text.split(",");
    this.#line = record.line;
  }

  /** The next field without surrounding blanks; empty when the record has ended. */
  next(): string {
    this.#settle();
    return (this.#rest.shift() ?? "").trim();
  }

  /** Whether fields remain. */
  get more(): boolean {
    this.#settle();
    return this.#rest.length > 0;
  }

  /** All that remains as text: commas stay, each continuation begins a new line, blanks at the ends go. */
  text(): string {
    const first = this.#rest.join(",");
    const others = this.#record.parts.slice(this.#part + 1).map((part) => part.text);
    this.#rest = [];
    this.#part = this.#record.parts.length - 1;
    return [first, ...others].map((line) => line.trim()).filter((line) => line !== "").join("\n");
  }

  /** Refuses fields beyond the last one that the record may have. */
  end(): void {
    if (this.more && this.#rest.some((field) => field.trim() !== "")) {
      this.refuse(`Record ${this.#record.code} has no more fields here; found "${this.#rest.join(",")}".`);
    }
  }

  refuse(message: string): never {
    throw new Refusal("FILE_INVALID", message, { line: this.#line });
  }

  /** A field that must not be empty. */
  required(what: string): string {
    const text = this.next();
    return text === "" ? this.refuse(`Expected ${what}; found an empty field.`) : text;
  }

  /** A count of items, records, accounts or groups. */
  count(what: string): number {
    const text = this.next();
    return /^\d{1,9}$/.test(text) ? Number(text) : this.refuse(`Expected ${what} as digits; found "${text}".`);
  }

  /** Minor units of the currency: digits without a decimal point, perhaps with a sign. An empty field is zero, as the format says. */
  amount(what: string, negative: "may be negative" | "never negative"): bigint {
    const text = this.next();
    if (text === "") return 0n;
    const match = /^([+-]?)(\d{1,18})$/.exec(text);
    if (!match) return this.refuse(`Expected ${what} as digits in minor units; found "${text}".`);
    const minor = BigInt(match[2]!);
    if (match[1] !== "-" || minor === 0n) return minor;
    return negative === "may be negative" ? -minor : this.refuse(`Expected ${what} without a minus sign; found "${text}".`);
  }

  /** A control total, which must be there: an empty one would prove nothing. */
  control(what: string): bigint {
    if (this.more && this.#rest[0]!.trim() === "") return this.refuse(`Expected ${what}; found an empty field.`);
    return this.amount(what, "may be negative");
  }

  /** Minor units of one movement, within what one document may carry. */
  movement(what: string): bigint {
    const minor = this.amount(what, "never negative");
    return minor > LARGEST_AMOUNT ? this.refuse(`Expected ${what} of at most ${LARGEST_AMOUNT}; found ${minor}.`) : minor;
  }

  /** YYMMDD; the years 80 to 99 are of the last century, since the format is from the eighties. */
  date(what: string): BusinessDate {
    const text = this.next();
    const match = /^(\d\d)(\d\d)(\d\d)$/.exec(text);
    const date = match ? `${match[1]! >= "80" ? "19" : "20"}${match[1]}-${match[2]}-${match[3]}` : "";
    return isBusinessDate(date) ? date : this.refuse(`Expected ${what} as a real day YYMMDD; found "${text}".`);
  }

  /** HHMM; 2400 and 9999 both mean the end of the day, which does not change the date. */
  time(what: string, presence: "required" | "optional"): void {
    const text = this.next();
    if (text === "" && presence === "optional") return;
    if (!/^(?:[01]\d|2[0-3])[0-5]\d$|^2400$|^9999$/.test(text)) this.refuse(`Expected ${what} as HHMM, 2400 or 9999; found "${text}".`);
  }

  /** An ISO 4217 code, or the fallback when the field is empty. */
  currency(fallback: string): string {
    const text = this.next();
    if (text === "") return fallback;
    return isCurrency(text) ? text : this.refuse(`Expected an ISO 4217 currency code; found "${text}".`);
  }

  /**
   * A funds type with its own fields; returns the value date that type V states, otherwise null.
   * Availability (0, 1, 2, S, D) is checked for form and not kept: it says when the bank lets us spend, not when the customer paid.
   */
  funds(): BusinessDate | null {
    const type = this.next().toUpperCase();
    if (type === "V") {
      const date = this.date("the value date");
      this.time("the value time", "optional");
      return date;
    }
    if (type === "S") {
      for (const days of ["immediate", "one-day", "two-day"]) this.amount(`the ${days} availability`, "may be negative");
    } else if (type === "D") {
      for (let pairs = this.count("the number of availability pairs"); pairs > 0; pairs -= 1) {
        if (!this.more) this.refuse(`Expected ${pairs} more pair(s) of days and amount; the record ends.`);
        this.count("the days until available");
        this.amount("the amount available", "may be negative");
      }
    } else if (!["", "0", "1", "2", "Z"].includes(type)) {
      this.refuse(`Expected a funds type 0, 1, 2, S, V, D or Z; found "${type}".`);
    }
    return null;
  }

  /** Steps into the next continuation when the present part is used up. */
  #settle(): void {
    while (this.#rest.length === 0 && this.#part < this.#record.parts.length - 1) {
      this.#part += 1;
      const part = this.#record.parts[this.#part]!;
      this.#line = part.line;
      this.#rest = part.text.split(",");
    }
  }
}
