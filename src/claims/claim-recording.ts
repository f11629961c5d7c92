import { newId } from "../db/ids.ts";
import type { Tx } from "../db/transaction.ts";
import { mappingsForCustomer } from "../deductions/reason.sql.ts";
import { documentKey } from "../domain/account-number.ts";
import type { ClaimKind, ClaimSource, WrittenClaimLine } from "../domain/claim.ts";
import { readClaimAmounts } from "../domain/claim.ts";
import { EventKind } from "../domain/events.ts";
import { type DeductionReason, findReason, type FoundReason } from "../domain/reasons.ts";
import { at, Refusal } from "../domain/refusal.ts";
import type { CodeList } from "../domain/standard-reasons.ts";
import { invoicesByDocumentKeys } from "../invoices/invoice.sql.ts";
import { unclaimedWithNumber } from "./claim-match.sql.ts";
import { matchTaken, tellClaim } from "./claim-matching.ts";
import { claimsByNumbers, insertClaim, invoicesOfOrder, type NewClaim, writeClaimActivity } from "./claim-write.sql.ts";

/** A claim as it is written down: amounts as plain decimals, documents as the customer names them. */
export interface ClaimToRecord {
  readonly kind: ClaimKind;
  readonly number?: string | null | undefined;
  readonly customerCode?: string | null | undefined;
  readonly codeList?: CodeList | null | undefined;
  /** Our reason, where somebody knows it; else the code decides. */
  readonly reason?: DeductionReason | null | undefined;
  readonly comment?: string | null | undefined;
  readonly amount: string;
  readonly currency: string;
  /** Numbers of invoices. One that we do not hold is kept as it was named. */
  readonly invoices?: readonly string[] | null | undefined;
  /** Invoices that are known by their keys. */
  readonly named?: NewClaim["invoices"];
  readonly purchaseOrder?: string | null | undefined;
  readonly shipment?: string | null | undefined;
  /** The day of what it is about: of the delivery, of the promotion. */
  readonly eventOn?: string | null | undefined;
  readonly receivedOn: string;
  readonly lines: readonly WrittenClaimLine[];
}

interface Whose {
  readonly companyId: string;
  readonly customerId: string;
  readonly memberId: string | null;
}

const LONGEST = { number: 100, customerCode: 100, comment: 10_000, purchaseOrder: 100, shipment: 100 } as const;
const MOST_INVOICES = 1_000;

/** Writes a claim of a customer who is locked, tells it, and puts it behind the deduction that states its number, where there is one. Answers with its id. */
export async function writeClaim(tx: Tx, whose: Whose, claim: ClaimToRecord, source: ClaimSource): Promise<string> {
  const { companyId, customerId, memberId } = whose;
  checkTexts(claim);
  const { minor, lineMinors } = readClaimAmounts(claim.amount, claim.currency, claim.lines);
  const text = (value: string | null | undefined): string | null => value?.trim() || null;
  const [id, number, purchaseOrder] = [newId(), text(claim.number), text(claim.purchaseOrder)];
  const numberKey = number && at({ field: ["number"] }, () => documentKey(number));
  await refuseKnown(tx, whose, number, numberKey);
  const customerCode = text(claim.customerCode);
  const { reason, source: reasonSource, confidence: reasonConfidence } = await reasonOf(tx, whose, { ...claim, customerCode });
  await insertClaim(tx, companyId, {
    id, customerId, memberId, kind: claim.kind, source, number, numberKey, customerCode, codeList: claim.codeList ?? null, reason, reasonSource, reasonConfidence, comment: text(claim.comment),
    currency: claim.currency, minor, purchaseOrder, orderKey: purchaseOrder && documentKey(purchaseOrder), shipment: text(claim.shipment), eventOn: claim.eventOn ?? null, receivedOn: claim.receivedOn,
    invoices: await namedInvoices(tx, whose, claim, purchaseOrder),
    lines: claim.lines.map(({ item, description, quantity, unit, unitPrice }, index) => ({ item: text(item), description: text(description), quantity: text(quantity), unit: text(unit), unitPrice: text(unitPrice), minor: lineMinors[index]! })),
  });
  await writeClaimActivity(tx, companyId, { id: newId(), claimId: id, action: "RECORDED", memberId, minor });
  await tellClaim(tx, companyId, memberId, id, EventKind.CLAIM_RECORDED);
  if (numberKey) await matchByNumber(tx, whose, numberKey);
  return id;
}

/** A short pay may have come first. One that states the number is the claim's, unless several do. */
async function matchByNumber(tx: Tx, { companyId, customerId, memberId }: Whose, numberKey: string): Promise<void> {
  const stated = (await unclaimedWithNumber(tx, companyId, customerId, numberKey)).filter(({ claimNumber }) => claimNumber.trim() !== "" && documentKey(claimNumber) === numberKey);
  if (stated.length === 1) await matchTaken(tx, companyId, memberId, [stated[0]!.id]);
}

async function refuseKnown(tx: Tx, { companyId, customerId }: Whose, number: string | null, numberKey: string | null): Promise<void> {
  const [known] = numberKey ? await claimsByNumbers(tx, companyId, customerId, [numberKey]) : [];
  if (known) throw new Refusal("DUPLICATE", `The customer's claim ${number} is here already.`, { field: ["number"], subject: { type: "Claim", companyId, id: known.id } });
}

async function reasonOf(tx: Tx, { companyId, customerId }: Whose, { reason, customerCode = null, codeList = null, receivedOn: on }: ClaimToRecord): Promise<FoundReason> {
  if (reason) return { reason, source: "PERSON", confidence: 100 };
  return findReason(await mappingsForCustomer(tx, companyId, customerId), { customerId, code: customerCode, list: codeList, on });
}

/** The invoices that a claim names. Where it names an order alone, it is the invoice of that order, when there is one. */
async function namedInvoices(tx: Tx, { companyId, customerId }: Whose, { invoices, named, currency }: ClaimToRecord, purchaseOrder: string | null): Promise<NewClaim["invoices"]> {
  if (named) return named;
  const references = [...new Set((invoices ?? []).map((it) => it.trim()).filter((it) => it !== ""))];
  if (references.length > MOST_INVOICES) throw new Refusal("LIMIT_EXCEEDED", `A claim names at most ${MOST_INVOICES} invoices.`, { field: ["invoices"] });
  if (references.length > 0) {
    const known = new Map((await invoicesByDocumentKeys(tx, companyId, references.map(documentKey))).filter((it) => it.customerId === customerId && it.currency === currency).map((it) => [it.documentKey, it.id]));
    return references.map((reference) => ({ reference, invoiceId: known.get(documentKey(reference)) ?? null }));
  }
  const ofOrder = purchaseOrder ? await invoicesOfOrder(tx, companyId, customerId, currency, purchaseOrder) : [];
  return ofOrder.length === 1 ? [{ reference: ofOrder[0]!.number ?? purchaseOrder!, invoiceId: ofOrder[0]!.id }] : [];
}

function checkTexts(claim: ClaimToRecord): void {
  for (const [name, longest] of Object.entries(LONGEST) as [keyof typeof LONGEST, number][]) {
    if ((claim[name]?.length ?? 0) > longest) throw new Refusal("LIMIT_EXCEEDED", `It has ${longest} characters at most.`, { field: [name] });
  }
  claim.lines.forEach(({ item, description, unit }, index) => {
    for (const [name, text] of Object.entries({ item, description, unit })) {
      if ((text?.length ?? 0) > 1_000) throw new Refusal("LIMIT_EXCEEDED", "It has 1000 characters at most.", { field: ["lines", String(index), name] });
    }
  });
}
