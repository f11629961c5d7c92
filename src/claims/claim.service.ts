import { oncePerKey } from "../companies/idempotency.ts";
import type { Database } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { lockCustomers } from "../db/locks.ts";
import { today } from "../db/today.ts";
import { transact, type Tx } from "../db/transaction.ts";
import { recordStep } from "../deductions/case-steps.ts";
import { casesByKeys } from "../deductions/case.sql.ts";
import type { Actor } from "../domain/actor.ts";
import { takenOf } from "../domain/claim-match.ts";
import { claimOpen } from "../domain/claim.ts";
import { addDays } from "../domain/dates.ts";
import { EventKind } from "../domain/events.ts";
import { decimalFromMinor, minorFromDecimal } from "../domain/money.ts";
import { at, Refusal } from "../domain/refusal.ts";
import { findAccount } from "../invoices/invoice.service.ts";
import { invoicesByKeys } from "../invoices/invoice.sql.ts";
import type { Tail } from "../live/tail.ts";
import { attach, tellClaim } from "./claim-matching.ts";
import { comparedDeductions, insertMatch } from "./claim-match.sql.ts";
import { type ClaimRow, claimsByKeys } from "./claim.sql.ts";
import { type ClaimToRecord, writeClaim } from "./claim-recording.ts";
import { writeClaimActivity } from "./claim-write.sql.ts";

/** A claim that somebody writes down. */
export interface TypedClaim extends ClaimToRecord {
  readonly companyId: string;
  readonly account: string;
  readonly idempotencyKey?: string | null | undefined;
}

/** An invoice that a customer contests. */
export interface TypedDispute extends Pick<ClaimToRecord, "number" | "customerCode" | "codeList" | "reason" | "comment" | "receivedOn"> {
  readonly companyId: string;
  readonly invoiceId: string;
  /** Left out: all that the invoice has open. */
  readonly amount?: string | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

interface WhichClaim {
  readonly companyId: string;
  readonly claimId: string;
  readonly note?: string | null | undefined;
}

const LONGEST_NOTE = 10_000;

/** Records what customers claim and contest, and says which deduction it became. */
export class ClaimService {
  constructor(
    private readonly db: Database,
    private readonly tail: Tail,
  ) {}

  /** Records a claim. Where a deduction states its number already, it is behind that at once. Answers with its id. */
  async record(actor: Actor, { companyId, account, idempotencyKey, ...claim }: TypedClaim): Promise<string> {
    if (claim.kind === "DISPUTE") throw new Refusal("VALUE_INVALID", "A dispute is about an open invoice: record it as one.", { field: ["kind"] });
    this.#refuseFuture(claim.receivedOn);
    const id = await transact(this.db, async (tx) => {
      const customer = await findAccount(tx, companyId, account);
      await lockCustomers(tx, companyId, [customer.id]);
      return oncePerKey(tx, { companyId, command: "recordClaim", key: idempotencyKey, input: { ...claim, account } }, () => writeClaim(tx, { companyId, memberId: actor.memberId, customerId: customer.id }, claim, "MANUAL"));
    });
    this.tail.ring();
    return id;
  }

  /** Records that a customer contests an open invoice, or a part of it, and has deducted nothing yet. Answers with the id of the claim that this is. */
  async dispute(actor: Actor, { companyId, invoiceId, idempotencyKey, ...dispute }: TypedDispute): Promise<string> {
    this.#refuseFuture(dispute.receivedOn);
    const id = await transact(this.db, async (tx) => {
      const [seen] = await invoicesByKeys(tx, [companyId], [invoiceId]);
      if (!seen) throw new Refusal("NOT_FOUND", "There is no such invoice in this company.", { field: ["invoiceId"] });
      await lockCustomers(tx, companyId, [seen.customerId]);
      return oncePerKey(tx, { companyId, command: "recordDispute", key: idempotencyKey, input: { ...dispute, invoiceId } }, async () => {
        const [invoice] = await invoicesByKeys(tx, [companyId], [invoiceId]);
        const { customerId, currency, openMinor, number } = invoice!;
        const subject = { type: "Invoice", companyId, id: invoiceId } as const;
        if (openMinor === 0n) throw new Refusal("ITEM_CLOSED", "Nothing is open on the invoice; what the customer wants back of it is a claim.", { field: ["invoiceId"], subject });
        const amount = dispute.amount ?? decimalFromMinor(openMinor, currency);
        if (at({ field: ["amount"] }, () => minorFromDecimal(amount, currency)) > openMinor) throw new Refusal("AMOUNT_INVALID", `There are ${openMinor} minor units open; no more can be contested.`, { field: ["amount"], subject });
        const named = [{ reference: number ?? "", invoiceId }];
        return writeClaim(tx, { companyId, memberId: actor.memberId, customerId }, { ...dispute, kind: "DISPUTE", amount, currency, named, lines: [] }, "MANUAL");
      });
    });
    this.tail.ring();
    return id;
  }

  /** The customer gives a claim up, or what it has not deducted of it. */
  async withdraw(actor: Actor, which: WhichClaim): Promise<void> {
    await this.#change(actor, which, true, async (tx, claim, note) => {
      refuseUnlessWaiting(claim);
      await writeClaimActivity(tx, claim.companyId, { id: newId(), claimId: claim.id, action: "WITHDRAWN", memberId: actor.memberId, note });
    });
  }

  /** Puts something on record about a claim. */
  async note(actor: Actor, which: WhichClaim): Promise<void> {
    await this.#change(actor, which, true, async (tx, claim, note) => {
      await writeClaimActivity(tx, claim.companyId, { id: newId(), claimId: claim.id, action: "NOTE", memberId: actor.memberId, note });
    });
  }

  /** Says that a claim is behind a deduction that was taken before, or that nothing told it apart from others. */
  async match(actor: Actor, { deductionId, ...which }: WhichClaim & { readonly deductionId: string }): Promise<void> {
    await this.#change(actor, which, false, async (tx, claim) => {
      const deduction = await compared(tx, claim, deductionId);
      const subject = { type: "Deduction", companyId: claim.companyId, id: deductionId } as const;
      if (deduction.claimId) throw new Refusal("CONFLICT", "There is a claim behind this deduction already.", { field: ["deductionId"], subject });
      refuseUnlessWaiting(claim);
      const openMinor = claimOpen(claim.minor, claim.takenMinor, claim.withdrawn);
      await attach(tx, actor.memberId, deduction, claim, takenOf(deduction, { openMinor }), "PERSON");
    }, false);
  }

  /** Says that the claim is not the one behind a deduction. It has open again what that took of it. */
  async unmatch(actor: Actor, { deductionId, ...which }: WhichClaim & { readonly deductionId: string }): Promise<void> {
    await this.#change(actor, which, true, async (tx, claim, note) => {
      const { companyId, id: claimId } = claim;
      const deduction = await compared(tx, claim, deductionId);
      const [work] = await casesByKeys(tx, [companyId], [deductionId]);
      const subject = { type: "Deduction", companyId, id: deductionId } as const;
      if (deduction.claimId !== claimId) throw new Refusal("CONFLICT", "This claim is not behind that deduction.", { field: ["deductionId"], subject });
      await insertMatch(tx, companyId, { id: newId(), claimId, deductionId: deduction.matchedId!, minor: -deduction.matchedMinor!, by: "PERSON", undoesId: deduction.matchId });
      await writeClaimActivity(tx, companyId, { id: newId(), claimId, action: "UNMATCHED", memberId: actor.memberId, note, deductionId, minor: deduction.matchedMinor });
      await recordStep(tx, actor.memberId, work!, "UNMATCH_CLAIM", note, { state: work!.state }, { claimId });
    });
  }

  /** Runs a change of one claim with its customer locked, and tells it. */
  async #change(actor: Actor, { companyId, claimId, note }: WhichClaim, needsNote: boolean, change: (tx: Tx, claim: ClaimRow, note: string | null) => Promise<void>, tell = true): Promise<void> {
    if (needsNote && !note?.trim()) throw new Refusal("VALUE_INVALID", "Say why.", { field: ["note"] });
    if ((note?.length ?? 0) > LONGEST_NOTE) throw new Refusal("LIMIT_EXCEEDED", `A note has ${LONGEST_NOTE} characters at most.`, { field: ["note"] });
    await transact(this.db, async (tx) => {
      const [seen] = await claimsByKeys(tx, [companyId], [claimId]);
      if (!seen) throw new Refusal("NOT_FOUND", "There is no such claim in this company.", { field: ["claimId"] });
      await lockCustomers(tx, companyId, [seen.customerId]);
      const [claim] = await claimsByKeys(tx, [companyId], [claimId]);
      await change(tx, claim!, note?.trim() || null);
      if (tell) await tellClaim(tx, companyId, actor.memberId, claimId, EventKind.CLAIM_CHANGED);
    });
    this.tail.ring();
  }

  /** A day ahead is let pass: it may be tomorrow already where the claim came in. */
  #refuseFuture(receivedOn: string): void {
    if (receivedOn > addDays(today(this.db), 1)) throw new Refusal("DATE_INVALID", `${receivedOn} has not come yet.`, { field: ["receivedOn"] });
  }
}

async function compared(tx: Tx, { companyId, customerId, currency }: ClaimRow, deductionId: string) {
  const [deduction] = await comparedDeductions(tx, [companyId], [deductionId]);
  if (!deduction) throw new Refusal("NOT_FOUND", "There is no such deduction in this company.", { field: ["deductionId"] });
  if (deduction.customerId !== customerId || deduction.currency !== currency) throw new Refusal("VALUE_INVALID", "The deduction is of another customer or currency.", { field: ["deductionId"] });
  return deduction;
}

function refuseUnlessWaiting({ companyId, id, minor, takenMinor, withdrawn }: ClaimRow): void {
  if (claimOpen(minor, takenMinor, withdrawn) > 0n) return;
  throw new Refusal("CONFLICT", withdrawn ? "The claim was withdrawn." : "All of the claim is deducted.", { field: ["claimId"], subject: { type: "Claim", companyId, id } });
}
