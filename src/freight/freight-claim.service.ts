import { oncePerKey } from "../companies/idempotency.ts";
import type { Database } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { lockCustomers } from "../db/locks.ts";
import { today } from "../db/today.ts";
import { transact, type Tx } from "../db/transaction.ts";
import { deductionsByKeys } from "../deductions/deduction.sql.ts";
import type { Actor } from "../domain/actor.ts";
import { addDays, type BusinessDate } from "../domain/dates.ts";
import { FreightClaimAction, freightActions, freightDeadlines, missingForFiling, nextFreightState, postCarrierPayment, postDroppedClaim, postFiledClaim } from "../domain/freight-claim.ts";
import { exponentOf, minorFromDecimal } from "../domain/money.ts";
import { EntryKind, type Posting } from "../domain/posting.ts";
import { at, Refusal } from "../domain/refusal.ts";
import { fileByKey } from "../files/file.sql.ts";
import { writeEntries } from "../ledger/journal.sql.ts";
import { postingDays } from "../ledger/posting-days.ts";
import { freightClaimByNumber, type FreightClaimRow, freightClaimsByKeys, insertFreightClaim, insertFreightStep, updateFreightClaim } from "./freight-claim.sql.ts";
import { words } from "./shipment.service.ts";
import { carriersByKeys, shipmentsByKeys } from "./shipment.sql.ts";

/** A finding that a carrier is at fault. */
export interface FreightClaimToOpen {
  readonly companyId: string;
  readonly shipmentId: string;
  readonly deductionId: string | null;
  readonly number: string;
  readonly finding: string;
  readonly amount: string;
  readonly currency: string;
  readonly idempotencyKey?: string | null | undefined;
}

/** Something that happened with a claim. */
export interface FreightStep {
  readonly companyId: string;
  readonly freightClaimId: string;
  readonly action: FreightClaimAction;
  readonly expectedVersion?: number | null | undefined;
  readonly happenedOn?: string | null | undefined;
  /** Of an offer or a payment, as a plain decimal. */
  readonly amount?: string | null | undefined;
  /** Reference of the letter, acknowledgment, offer, refusal or remittance. */
  readonly papers?: string | null | undefined;
  /** The paper itself, uploaded as evidence. */
  readonly fileId?: string | null | undefined;
  readonly note?: string | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

const WITH_AMOUNT: readonly FreightClaimAction[] = ["OFFER", "PAY"];
const WITH_NOTE: readonly FreightClaimAction[] = ["DISALLOW", "SUE", "CLOSE"];

/** Claims against carriers: money that no customer owes, kept apart from trade receivables. */
export class FreightClaimService {
  constructor(private readonly db: Database) {}

  /** Opens a claim. Nothing is booked before it is filed. */
  async open(actor: Actor, { companyId, idempotencyKey, ...input }: FreightClaimToOpen): Promise<string> {
    const { shipmentId, deductionId, currency } = input;
    const [number, finding] = [words(input.number, "number"), words(input.finding, "finding")];
    at({ field: ["currency"] }, () => exponentOf(currency));
    const minor = at({ field: ["amount"] }, () => minorFromDecimal(input.amount, currency));
    if (minor <= 0n) throw new Refusal("AMOUNT_INVALID", "A claim asks for more than nothing.", { field: ["amount"] });
    return transact(this.db, async (tx) => {
      const [shipment] = await shipmentsByKeys(tx, [companyId], [shipmentId]);
      if (!shipment) throw new Refusal("NOT_FOUND", "There is no such shipment in this company.", { field: ["shipmentId"] });
      await lockCustomers(tx, companyId, [shipment.customerId]);
      return oncePerKey(tx, { companyId, command: "openFreightClaim", key: idempotencyKey, input }, async () => {
        if (deductionId !== null) await checkDeduction(tx, companyId, deductionId, shipment.customerId, currency);
        if ((await freightClaimByNumber(tx, companyId, number)).length > 0) throw new Refusal("DUPLICATE", `There is a freight claim ${number} already.`, { field: ["number"] });
        const id = newId();
        const dates = { state: "FOUND", deliveredOn: shipment.deliveredOn ?? shipment.expectedOn, filedOn: null, statusOn: null, disallowedOn: null } as const;
        const [carrier] = await carriersByKeys(tx, [companyId], [shipment.carrierId]);
        const deadlineOn = freightDeadlines(dates, carrier!)[0]!.on;
        await insertFreightClaim(tx, companyId, tx.recordedAt, id, shipmentId, deductionId, number, finding, currency, minor, "FOUND", deadlineOn, actor.memberId);
        return id;
      });
    });
  }

  /** Takes a step, books what it is worth, and starts the clock that follows from it. */
  async take(actor: Actor, { companyId, freightClaimId, idempotencyKey, ...input }: FreightStep): Promise<void> {
    const happenedOn = input.happenedOn ?? today(this.db);
    if (happenedOn > addDays(today(this.db), 1)) throw new Refusal("DATE_INVALID", `${happenedOn} has not come yet.`, { field: ["happenedOn"] });
    await transact(this.db, async (tx) => {
      const [seen] = await freightClaimsByKeys(tx, [companyId], [freightClaimId]);
      if (!seen) throw new Refusal("NOT_FOUND", "There is no such freight claim in this company.", { field: ["freightClaimId"] });
      await lockCustomers(tx, companyId, [seen.customerId]);
      await oncePerKey(tx, { companyId, command: "stepFreightClaim", key: idempotencyKey, input: { ...input, freightClaimId } }, async () => {
        const [claim] = await freightClaimsByKeys(tx, [companyId], [freightClaimId]);
        await this.#take(tx, actor, claim!, { ...input, happenedOn });
        return freightClaimId;
      });
    });
  }

  async #take(tx: Tx, actor: Actor, claim: FreightClaimRow, { action, expectedVersion, happenedOn, amount, papers, fileId, note }: Omit<FreightStep, "companyId" | "freightClaimId"> & { readonly happenedOn: BusinessDate }): Promise<void> {
    const { companyId, id, state, claimedMinor, paidMinor } = claim;
    const subject = { type: "FreightClaim", companyId, id } as const;
    if (expectedVersion != null && expectedVersion !== claim.version) throw new Refusal("CONFLICT", `The claim is at version ${claim.version} and is ${state}; it was ${expectedVersion} when you read it.`, { field: ["expectedVersion"], subject });
    const minor = readAmount(claim, action, amount);
    const paid = paidMinor + (action === "PAY" ? minor! : 0n);
    const to = nextFreightState(state, action, paid === claimedMinor);
    if (to === null) throw new Refusal("BLOCKED", `A claim that is ${state} does not allow ${action}${freightActions(state).length > 0 ? `; it allows ${freightActions(state).join(", ")}` : ""}.`, { subject });
    if (WITH_NOTE.includes(action) && !note?.trim()) throw new Refusal("VALUE_INVALID", "Say why.", { field: ["note"] });
    const missing = action === "FILE" ? missingForFiling({ ...claim, papers: papers ?? null }) : [];
    if (missing.length > 0) throw new Refusal("BLOCKED", `Filing it takes ${missing.join("; and ")}.`, { subject });
    const first = claim.filedOn ?? claim.deliveredOn;
    if (happenedOn < first) throw new Refusal("DATE_INVALID", `That is before ${first}, when it was ${claim.filedOn ? "filed" : "delivered"}.`, { field: ["happenedOn"] });

    if (fileId && (await fileByKey(tx, companyId, fileId))[0]?.purpose !== "EVIDENCE") throw new Refusal("NOT_FOUND", "There is no such paper in this company; upload it with the purpose EVIDENCE.", { field: ["fileId"] });

    const next: FreightClaimRow = {
      ...claim, state: to, paidMinor: paid,
      filedOn: action === "FILE" ? happenedOn : claim.filedOn, statusOn: action === "REPORT_STATUS" ? happenedOn : claim.statusOn, disallowedOn: action === "DISALLOW" ? happenedOn : claim.disallowedOn,
    };
    await updateFreightClaim(tx, { ...next, deadlineOn: freightDeadlines(next, claim)[0]?.on ?? null });
    const entryId = await this.#book(tx, claim, happenedOn, postingsOf(claim, action, minor));
    await insertFreightStep(tx, companyId, tx.recordedAt, newId(), id, action, to, happenedOn, minor ?? (action === "FILE" ? claimedMinor : null), entryId, papers?.trim() || null, fileId ?? null, note?.trim() || null, actor.memberId);
  }

  /** Writes the entry of a step that is worth something. No customer is in it. */
  async #book(tx: Tx, { companyId, id: documentId, currency }: FreightClaimRow, effectiveOn: BusinessDate, postings: readonly Posting[]): Promise<string | null> {
    if (postings.length === 0) return null;
    const entry = { id: newId(), kind: EntryKind.FREIGHT_CLAIM, documentId, customerId: null, currency, effectiveOn, postings };
    const dayFor = await postingDays(tx, companyId, [entry]);
    await writeEntries(tx, { companyId, batchId: null }, [{ ...entry, effectiveOn: dayFor ? dayFor(effectiveOn) : effectiveOn }]);
    return entry.id;
  }
}

function readAmount({ currency, claimedMinor, paidMinor }: FreightClaimRow, action: FreightClaimAction, amount: string | null | undefined): bigint | null {
  if (!WITH_AMOUNT.includes(action)) {
    if (amount) throw new Refusal("VALUE_INVALID", `${action} takes no amount.`, { field: ["amount"] });
    return null;
  }
  const minor = at({ field: ["amount"] }, () => minorFromDecimal(amount ?? "", currency));
  if (minor <= 0n || minor > claimedMinor - paidMinor) throw new Refusal("AMOUNT_INVALID", `Of the claim ${claimedMinor - paidMinor} minor units are open.`, { field: ["amount"] });
  return minor;
}

/** What a step books: filed, the claim is a receivable; paid, it is cash; dropped, what is left is our loss. An offer is not money yet. */
function postingsOf({ state, claimedMinor, paidMinor }: FreightClaimRow, action: FreightClaimAction, minor: bigint | null): Posting[] {
  if (action === "FILE") return postFiledClaim(claimedMinor);
  if (action === "PAY") return postCarrierPayment(minor!);
  return action === "CLOSE" && state !== "FOUND" ? postDroppedClaim(claimedMinor - paidMinor) : [];
}

async function checkDeduction(tx: Tx, companyId: string, deductionId: string, customerId: string, currency: string): Promise<void> {
  const [deduction] = await deductionsByKeys(tx, [companyId], [deductionId]);
  if (deduction?.customerId !== customerId) throw new Refusal("NOT_FOUND", "The customer of the shipment has no such deduction.", { field: ["deductionId"] });
  if (deduction.currency !== currency) throw new Refusal("CURRENCY_MISMATCH", `The deduction is in ${deduction.currency}.`, { field: ["currency"] });
}
