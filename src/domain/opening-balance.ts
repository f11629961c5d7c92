import { accountKey, documentKey } from "./account-number.ts";
import type { BusinessDate } from "./dates.ts";
import { minorFromDecimal } from "./money.ts";
import { at, Refusal } from "./refusal.ts";

/** What an opening item was in the earlier system. */
export const OpeningKind = { INVOICE: "INVOICE", CREDIT_MEMO: "CREDIT_MEMO" } as const;
export type OpeningKind = (typeof OpeningKind)[keyof typeof OpeningKind];

/** An open item of an earlier system as somebody wrote it, amounts as plain decimals. */
export interface WrittenOpening {
  readonly kind: OpeningKind;
  readonly account: string;
  readonly number: string;
  readonly currency: string;
  readonly original: string;
  readonly open: string;
  readonly issuedOn: BusinessDate;
  readonly dueOn?: BusinessDate | null | undefined;
}

/** The same, read. */
export interface OpeningItem {
  readonly kind: OpeningKind;
  readonly accountKey: string;
  readonly number: string;
  readonly documentKey: string;
  readonly currency: string;
  readonly originalMinor: bigint;
  readonly openMinor: bigint;
  readonly issuedOn: BusinessDate;
  readonly dueOn: BusinessDate | null;
}

/**
 * Reads the items of a take-over. Refuses an item with nothing open or more open than it was, one that was issued after the
 * take-over, an invoice without a due day, and a number that stands there twice, each with its place.
 */
export function readOpening(items: readonly WrittenOpening[], takenOverOn: BusinessDate): OpeningItem[] {
  const seen = new Set<string>();
  return items.map((item, index) => {
    const field = (name: string): string[] => ["items", String(index), name];
    const amount = (name: "original" | "open"): bigint => at({ field: field(name) }, () => minorFromDecimal(item[name], item.currency));
    const [originalMinor, openMinor] = [amount("original"), amount("open")];
    if (openMinor <= 0n) throw new Refusal("AMOUNT_INVALID", "An opening item has something open; a credit of the customer is a credit memo.", { field: field("open") });
    if (openMinor > originalMinor) throw new Refusal("AMOUNT_INVALID", "No more is open than there was.", { field: field("open") });
    if (item.issuedOn > takenOverOn) throw new Refusal("DATE_INVALID", "It was issued after the take-over.", { field: field("issuedOn") });
    const invoice = item.kind === OpeningKind.INVOICE;
    if (invoice && item.dueOn == null) throw new Refusal("DATE_INVALID", "An invoice has a due day.", { field: field("dueOn") });
    const key = at({ field: field("number") }, () => documentKey(item.number));
    if (seen.has(`${item.kind} ${key}`)) throw new Refusal("DUPLICATE", `${item.number} stands there twice.`, { field: field("number") });
    seen.add(`${item.kind} ${key}`);
    return {
      kind: item.kind, accountKey: at({ field: field("account") }, () => accountKey(item.account)), number: item.number.trim(), documentKey: key, currency: item.currency,
      originalMinor, openMinor, issuedOn: item.issuedOn, dueOn: invoice ? item.dueOn! : null,
    };
  });
}
