import type { WrittenClaimLine } from "./claim.ts";
import { type BusinessDate, isBusinessDate } from "./dates.ts";
import { decimalFromMinor, total } from "./money.ts";
import { type Segment, refuseSegment, transactionSets } from "./x12-segments.ts";

/** A claim as a file states it: amounts as plain decimals, documents as the customer names them. */
export interface FiledClaim {
  readonly line: number;
  readonly number: string | null;
  /** The code that all its lines have; null when they have several, or none. */
  readonly customerCode: string | null;
  readonly comment: string | null;
  readonly amount: string;
  /** Null when the file names none. */
  readonly currency: string | null;
  readonly invoices: readonly string[];
  readonly purchaseOrder: string | null;
  readonly shipment: string | null;
  readonly eventOn: BusinessDate | null;
  readonly lines: readonly WrittenClaimLine[];
}

/** What is read of an 812, and the adjustments that are none of a claim. */
export interface Read812 {
  readonly claims: readonly FiledClaim[];
  /** Sets with the other flag: the customer gives, or takes back. */
  readonly others: readonly { readonly line: number; readonly number: string | null }[];
}

/** Segments that a set may have and that say nothing about what is claimed. */
const PASSED_OVER: readonly string[] = ["PER", "ITD", "FOB", "SHD", "SAC", "N1", "N2", "N3", "N4", "PO4", "PID", "FA1", "FA2", "AMT", "TXI", "N11"];
/** Qualifiers of the day that something is about: delivered, received, shipped. */
const EVENT_DAYS: readonly string[] = ["035", "050", "011"];

/**
 * Reads the credit and debit adjustments of an X12 812. `flag` is what BCD05 says where the customer wants money: D where it debits
 * us, C where it asks for a credit; partners differ, and a set with the other flag is no claim. Strict: a segment that an
 * 812 does not have, an element that is missing or misshapen, and details that do not add up to BCD04 are refused, and the message names the segment.
 */
export function read812(text: string, flag: "D" | "C" = "D"): Read812 {
  const [claims, others]: [FiledClaim[], { line: number; number: string | null }[]] = [[], []];
  for (const { line, segments } of transactionSets(text, "812")) {
    const [bcd] = segments;
    if (bcd?.name !== "BCD") refuseSegment(bcd ?? { name: "ST", line }, "a set of adjustments begins with a BCD");
    if (oneOf(bcd, 5, ["C", "D"]) === flag) claims.push(claimOf(bcd, segments.slice(1), line));
    else others.push({ line, number: bcd.at(2) });
  }
  return { claims, others };
}

interface Detail {
  readonly cdd: Segment;
  readonly code: string;
  readonly minor: bigint;
  readonly line: { item: string | null; description: string | null; quantity: string | null; unit: string | null; unitPrice: string | null };
}

function claimOf(bcd: Segment, segments: readonly Segment[], line: number): FiledClaim {
  const named: Record<"invoices" | "orders" | "shipments", string[]> = { invoices: [], orders: [], shipments: [] };
  const note = (place: keyof typeof named, value: string | null): void => void (value !== null && !named[place].includes(value) && named[place].push(value));
  note("invoices", bcd.at(7));
  note("orders", bcd.at(10));
  const details: Detail[] = [];
  let [currency, eventOn]: [string | null, BusinessDate | null] = [null, dateOf(bcd, 1)];
  for (const segment of segments) {
    const { name, at } = segment;
    if (name === "CDD") details.push(detailOf(segment, bcd.at(5)!));
    else if (name === "LIN" || name === "IT1") itemOf(segment, details.at(-1));
    else if (name === "N9" || name === "REF") note(at(1) === "IV" ? "invoices" : at(1) === "PO" ? "orders" : "shipments", ["IV", "PO", "BM"].includes(at(1) ?? "") ? needed(segment, 2) : null);
    else if (name === "CUR") currency = needed(segment, 2);
    else if (name === "DTM") eventOn = EVENT_DAYS.includes(needed(segment, 1)) ? dateOf(segment, 2) : eventOn;
    else if (!PASSED_OVER.includes(name)) refuseSegment(segment, "an 812 has no such segment");
  }
  const minor = implied(bcd, 4);
  const sum = total(details.map((it) => it.minor));
  if (details.length > 0 && sum !== minor) refuseSegment(bcd, `it is about ${cents(minor)}, and its details (CDD) add up to ${cents(sum)}`);
  const codes = [...new Set(details.map(({ code }) => code))];
  return {
    line, number: needed(bcd, 2), customerCode: codes.length === 1 ? codes[0]! : null, comment: codes.length > 1 ? `Codes ${codes.join(", ")}` : null, amount: cents(minor), currency, eventOn,
    invoices: named.invoices, purchaseOrder: named.orders[0] ?? null, shipment: named.shipments[0] ?? null, lines: details.map((it) => ({ ...it.line, amount: cents(it.minor) })),
  };
}

/** A detail counts against the claim when its flag is the other one. */
function detailOf(cdd: Segment, flag: string): Detail {
  const minor = implied(cdd, 4);
  const quantity = decimal(cdd, 7);
  const unit = quantity === null ? null : needed(cdd, 8);
  const line = { item: null, description: cdd.at(14), quantity, unit, unitPrice: decimal(cdd, 11) };
  return { cdd, code: needed(cdd, 1), minor: oneOf(cdd, 2, ["C", "D"]) === flag ? minor : -minor, line };
}

/** The item of a detail: of a LIN the first number, of an IT1 also the count, unit and price where the CDD states none. */
function itemOf(segment: Segment, detail: Detail | undefined): void {
  if (!detail) refuseSegment(segment, "it belongs to a detail, and no CDD stands before it");
  const { line } = detail;
  if (segment.name === "LIN") line.item ??= needed(segment, 3);
  else {
    line.item ??= segment.at(7);
    line.quantity ??= decimal(segment, 2);
    line.unit ??= segment.at(3);
    line.unitPrice ??= decimal(segment, 4);
  }
}

const cents = (minor: bigint): string => decimalFromMinor(minor, "USD");

function needed(segment: Segment, place: number): string {
  return segment.at(place) ?? refuseSegment(segment, `element ${String(place).padStart(2, "0")} is missing`);
}

function oneOf(segment: Segment, place: number, words: readonly string[]): string {
  const value = needed(segment, place);
  return words.includes(value) ? value : refuseSegment(segment, `element ${String(place).padStart(2, "0")} is "${value}", and may be ${words.join(" or ")}`);
}

/** An amount with two decimals that are not written (N2), in hundredths. */
function implied(segment: Segment, place: number): bigint {
  const value = needed(segment, place);
  if (!/^\d{1,15}$/.test(value)) refuseSegment(segment, `element ${String(place).padStart(2, "0")} is "${value}", and an amount there is digits alone, the last two of them cents`);
  return BigInt(value);
}

function decimal(segment: Segment, place: number): string | null {
  const value = segment.at(place);
  if (value === null) return null;
  return /^\d{1,12}(\.\d{1,8})?$/.test(value) ? value : refuseSegment(segment, `element ${String(place).padStart(2, "0")} is "${value}", and is no plain decimal`);
}

/** A day as CCYYMMDD, or as YYMMDD of this century. */
function dateOf(segment: Segment, place: number): BusinessDate {
  const value = needed(segment, place);
  const full = /^\d{6}$/.test(value) ? `20${value}` : value;
  const date = `${full.slice(0, 4)}-${full.slice(4, 6)}-${full.slice(6)}`;
  return /^\d{8}$/.test(full) && isBusinessDate(date) ? date : refuseSegment(segment, `element ${String(place).padStart(2, "0")} is "${value}", and is no day`);
}
