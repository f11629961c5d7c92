import { addDays, addMonths, type BusinessDate, laterOf } from "./dates.ts";
import { Account, type Posting } from "./posting.ts";

/** Where a claim against a carrier stands. Part of the public schema: add states, never rename them. */
export const FreightClaimState = {
  FOUND: "FOUND",
  FILED: "FILED",
  ACKNOWLEDGED: "ACKNOWLEDGED",
  DISALLOWED: "DISALLOWED",
  IN_SUIT: "IN_SUIT",
  PAID: "PAID",
  CLOSED: "CLOSED",
} as const;
export type FreightClaimState = (typeof FreightClaimState)[keyof typeof FreightClaimState];

/** What happens with a claim against a carrier. */
export const FreightClaimAction = {
  FILE: "FILE",
  ACKNOWLEDGE: "ACKNOWLEDGE",
  REPORT_STATUS: "REPORT_STATUS",
  OFFER: "OFFER",
  DISALLOW: "DISALLOW",
  SUE: "SUE",
  PAY: "PAY",
  CLOSE: "CLOSE",
} as const;
export type FreightClaimAction = (typeof FreightClaimAction)[keyof typeof FreightClaimAction];

const { FOUND, FILED, ACKNOWLEDGED, DISALLOWED, IN_SUIT, PAID, CLOSED } = FreightClaimState;

/** Where each action leads from each state; null for none of its own: a payment leads to PAID only when it is the last. */
const STEPS: Readonly<Record<FreightClaimState, Readonly<Partial<Record<FreightClaimAction, FreightClaimState>>>>> = {
  FOUND: { FILE: FILED, CLOSE: CLOSED },
  FILED: { ACKNOWLEDGE: ACKNOWLEDGED, REPORT_STATUS: FILED, OFFER: FILED, DISALLOW: DISALLOWED, PAY: FILED, CLOSE: CLOSED },
  ACKNOWLEDGED: { REPORT_STATUS: ACKNOWLEDGED, OFFER: ACKNOWLEDGED, DISALLOW: DISALLOWED, PAY: ACKNOWLEDGED, CLOSE: CLOSED },
  DISALLOWED: { OFFER: DISALLOWED, SUE: IN_SUIT, PAY: DISALLOWED, CLOSE: CLOSED },
  IN_SUIT: { OFFER: IN_SUIT, PAY: IN_SUIT, CLOSE: CLOSED },
  PAID: {},
  CLOSED: {},
};

/** Where an action leads; null where it is not possible. `whole` says that a payment leaves nothing open. */
export function nextFreightState(from: FreightClaimState, action: FreightClaimAction, whole = false): FreightClaimState | null {
  const next = STEPS[from][action] ?? null;
  return next !== null && action === FreightClaimAction.PAY && whole ? PAID : next;
}

/** What may be done in a state. */
export const freightActions = (state: FreightClaimState): FreightClaimAction[] => Object.keys(STEPS[state]) as FreightClaimAction[];

export const isFreightClaimOver = (state: FreightClaimState): boolean => freightActions(state).length === 0;

/** Months that a carrier leaves for filing where its contract says nothing; under 49 USC 14706 it may not set fewer. */
export const FILING_MONTHS = 9;
/** Months that it leaves for a suit after it disallowed a claim in writing; fewer than two years it may not set either. */
export const SUIT_MONTHS = 24;
/** 49 CFR 370.5 and 370.9: days to acknowledge a claim, to decide it, and between reports of its status after that. */
const ACKNOWLEDGE_DAYS = 30;
const DECIDE_DAYS = 120;
const STATUS_DAYS = 60;

/** What a carrier's contract says instead; null where it says nothing. */
export interface CarrierTerms {
  readonly filingMonths: number | null;
  readonly suitMonths: number | null;
}

/** What has happened with a claim, as its clocks count from it. */
export interface FreightClaimDates {
  readonly state: FreightClaimState;
  /** The day of delivery or, of what never came, the day on which it reasonably should have. Null while neither is known. */
  readonly deliveredOn: BusinessDate | null;
  readonly filedOn: BusinessDate | null;
  readonly statusOn: BusinessDate | null;
  readonly disallowedOn: BusinessDate | null;
}

export const FreightClock = { FILE: "FILE", ACKNOWLEDGE: "ACKNOWLEDGE", DECIDE: "DECIDE", STATUS: "STATUS", SUE: "SUE" } as const;
export type FreightClock = (typeof FreightClock)[keyof typeof FreightClock];

/** A day by which somebody has to do something. */
export interface FreightDeadline {
  readonly clock: FreightClock;
  readonly on: BusinessDate;
  /** Whether it is ours; the others are the carrier's, and tell us when to ask. */
  readonly ours: boolean;
}

/**
 * The days that count for a claim as it stands, the next first. To file: delivery and the months of the contract, or nine. Once
 * filed, the carrier acknowledges within 30 days and pays, declines or makes an offer within 120; if it does not, it reports the
 * status then and every 60 days. After it has disallowed the claim in writing, a suit has two years, unless agreed otherwise.
 */
export function freightDeadlines({ state, deliveredOn, filedOn, statusOn, disallowedOn }: FreightClaimDates, { filingMonths, suitMonths }: CarrierTerms): FreightDeadline[] {
  const deadlines: FreightDeadline[] = [];
  const add = (clock: FreightClock, on: BusinessDate, ours: boolean): void => void deadlines.push({ clock, on, ours });
  if (state === FOUND && deliveredOn) add("FILE", addMonths(deliveredOn, filingMonths ?? FILING_MONTHS), true);
  if (state === FILED && filedOn) add("ACKNOWLEDGE", addDays(filedOn, ACKNOWLEDGE_DAYS), false);
  if ((state === FILED || state === ACKNOWLEDGED) && filedOn) {
    const decideBy = addDays(filedOn, DECIDE_DAYS);
    if (statusOn !== null && statusOn >= decideBy) add("STATUS", addDays(laterOf(statusOn, decideBy), STATUS_DAYS), false);
    else add("DECIDE", decideBy, false);
  }
  if (state === DISALLOWED && disallowedOn) add("SUE", addMonths(disallowedOn, suitMonths ?? SUIT_MONTHS), true);
  return deadlines.sort((a, b) => (a.on < b.on ? -1 : 1));
}

/** What a claim needs before it can be filed: it is in writing, identifies the shipment, and asks for a definite amount. */
export const missingForFiling = ({ billOfLading, proNumber, claimedMinor, papers }: { readonly billOfLading: string | null; readonly proNumber: string | null; readonly claimedMinor: bigint; readonly papers: string | null }): string[] => [
  ...(billOfLading || proNumber ? [] : ["the number of the bill of lading, or the carrier's (PRO), which identifies the shipment"]),
  ...(claimedMinor > 0n ? [] : ["a definite amount"]),
  ...(papers?.trim() ? [] : ["a reference of the written claim; a note of damage on a receipt is not a claim"]),
];

/** Filed, a claim is money that somebody other than a customer owes us: it never stands in trade receivables. */
export const postFiledClaim = (minor: bigint): Posting[] => [
  { account: Account.CARRIER_CLAIMS_RECEIVABLE, minor },
  { account: Account.FREIGHT_LOSS, minor: -minor },
];

export const postCarrierPayment = (minor: bigint): Posting[] => [
  { account: Account.BANK, minor },
  { account: Account.CARRIER_CLAIMS_RECEIVABLE, minor: -minor },
];

/** What a carrier will not pay is our loss again. */
export const postDroppedClaim = (minor: bigint): Posting[] => [
  { account: Account.FREIGHT_LOSS, minor },
  { account: Account.CARRIER_CLAIMS_RECEIVABLE, minor: -minor },
];
