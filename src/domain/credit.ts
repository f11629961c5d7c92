import { type BusinessDate, laterOf } from "./dates.ts";

/** What a hold stops. */
export const HoldScope = { ORDERS: "ORDERS", SHIPMENTS: "SHIPMENTS", INVOICES: "INVOICES", ALL: "ALL" } as const;
export type HoldScope = (typeof HoldScope)[keyof typeof HoldScope];

/** Whether a hold of a scope stops one of the things that may be stopped. */
export const holdStops = (scope: HoldScope, what: HoldScope): boolean => scope === HoldScope.ALL || scope === what;

/** How far a company lets a customer run up debt, in one currency. */
export interface CreditLimit {
  readonly currency: string;
  readonly minor: bigint;
  /** The last day it is granted for; null when it does not expire. */
  readonly expiresOn: BusinessDate | null;
}

/** How a customer stands against its limit on a day. */
export interface CreditStanding {
  readonly expired: boolean;
  /** Limit less balance; negative when the balance is above the limit. An expired limit grants nothing. */
  readonly availableMinor: bigint;
  /** The balance is at or above what is granted, so that nothing more should be sold on credit. */
  readonly exceeded: boolean;
}

/** Compares a limit with what the customer owes in its currency on a day. */
export function creditStanding({ minor, expiresOn }: CreditLimit, balanceMinor: bigint, day: BusinessDate): CreditStanding {
  const expired = expiresOn !== null && expiresOn < day;
  const availableMinor = (expired ? 0n : minor) - balanceMinor;
  return { expired, availableMinor, exceeded: availableMinor <= 0n };
}

/** A fact that holds from a day on, until the next one. */
interface Effective {
  readonly effectiveOn: BusinessDate;
}

/** The fact in force on a day, of facts ordered with the last to take effect first; null before the first. */
export const inForce = <Fact extends Effective>(latestFirst: readonly Fact[], day: BusinessDate): Fact | null => latestFirst.find(({ effectiveOn }) => effectiveOn <= day) ?? null;

/** Whether a hold stands on a day: from its first day on until the day of its release, which is free again. */
export const holdStands = ({ since, releasedOn }: { readonly since: BusinessDate; readonly releasedOn: BusinessDate | null }, day: BusinessDate): boolean =>
  since <= day && (releasedOn === null || releasedOn > day);

/**
 * Whether a hold keeps a document from being issued: it stands today, or on any day up to the document's date where that lies
 * ahead. A date in the past does not let a document slip by, and a hold that was released by today stops nothing any more.
 */
export const holdMeets = (hold: { readonly since: BusinessDate; readonly releasedOn: BusinessDate | null }, today: BusinessDate, datedOn: BusinessDate): boolean =>
  hold.since <= laterOf(today, datedOn) && (hold.releasedOn === null || hold.releasedOn > today);
