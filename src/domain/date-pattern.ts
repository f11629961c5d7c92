import { type BusinessDate, isBusinessDate } from "./dates.ts";

/** Which of year, month and day a file writes first, second and third. */
export const DATE_ORDERS = ["YMD", "MDY", "DMY"] as const;

/** What may stand between the parts of a date; the empty text only where the parts have leading zeros. */
export const DATE_SEPARATORS = ["-", "/", ".", ""] as const;

/** How a file writes its dates. It is declared, never guessed: `2/3/2013` is a date in either order. */
export interface DatePattern {
  readonly order: (typeof DATE_ORDERS)[number];
  readonly separator: (typeof DATE_SEPARATORS)[number];
  /** True when months and days below ten are written with two digits, false when with one. The other spelling contradicts the pattern. */
  readonly leadingZeros: boolean;
  /** True when a time of day stands behind the date, as in `2026-01-05T00:00:00.000Z`. It is dropped, never moved to another time zone. */
  readonly time: boolean;
}

/** The pattern as people write it: `YYYY-MM-DD`, `M/D/YYYY`. */
export function patternText(pattern: DatePattern): string {
  const names = { Y: "YYYY", M: pattern.leadingZeros ? "MM" : "M", D: pattern.leadingZeros ? "DD" : "D" };
  return partsOf(pattern).map((part) => names[part]).join(pattern.separator) + (pattern.time ? " with a time of day" : "");
}

/** A function that reads one date written in the pattern, and gives null for any other text and for a day that the calendar does not have. */
export function dateReader(pattern: DatePattern): (text: string) => BusinessDate | null {
  const short = pattern.leadingZeros ? "\\d\\d" : "[1-9]\\d?";
  const separator = pattern.separator === "." ? "\\." : pattern.separator;
  const parts = partsOf(pattern);
  const time = pattern.time ? "[T ]\\d{1,2}:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?(?: ?(?:Z|UTC))?" : "";
  const shape = new RegExp(`^${parts.map((part) => (part === "Y" ? "(\\d{4})" : `(${short})`)).join(separator)}${time}$`);
  const [year, month, day] = [parts.indexOf("Y") + 1, parts.indexOf("M") + 1, parts.indexOf("D") + 1];
  return (text) => {
    const match = shape.exec(text);
    if (!match) return null;
    const date = `${match[year]}-${match[month]!.padStart(2, "0")}-${match[day]!.padStart(2, "0")}`;
    return isBusinessDate(date) ? date : null;
  };
}

const partsOf = (pattern: DatePattern): ("Y" | "M" | "D")[] => [...pattern.order] as ("Y" | "M" | "D")[];
