import { type Answering, only } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { documentKey } from "../domain/account-number.ts";
import { type ApprovalLimit, blockersOfSettlement, type CaseWorker } from "../domain/case-guards.ts";
import type { BusinessDate } from "../domain/dates.ts";
import { DeductionAction, stepsOfSettlement } from "../domain/deduction-case.ts";
import { minorFromDecimal, total } from "../domain/money.ts";
import { at, Refusal } from "../domain/refusal.ts";
import { concedes, type Resolution, ResolutionKind, type ResolvedDeduction, resolveDeduction } from "../domain/resolution.ts";
import { invoicesByKeys } from "../invoices/invoice.sql.ts";
import { requireMemo } from "../memos/debtor.ts";
import { memosByDocumentKeys } from "../memos/memo.sql.ts";
import { requirePromotion } from "../promotions/promotion-in-hand.ts";
import { type CaseInQuestion, subjectOf } from "./case-steps.ts";
import type { CaseRow } from "./case.sql.ts";
import { owedOnChargebacks, shortPaysBehind } from "./settlement.sql.ts";

/** A part of a settlement as somebody wrote it. */
export interface WrittenPart {
  readonly kind: ResolutionKind;
  readonly amount: string;
  /** Of a credit memo: the tax in it. */
  readonly tax?: string | null | undefined;
  /** Of a credit memo or a chargeback: its number. */
  readonly number?: string | null | undefined;
  /** Of a chargeback: when it is due. */
  readonly dueOn?: string | null | undefined;
  /** Of netting: the credit memo that the customer has. */
  readonly creditMemoId?: string | null | undefined;
  /** Of a promotion: which one, where it is known. */
  readonly promotionId?: string | null | undefined;
}

export interface SettlementWish extends CaseInQuestion {
  readonly parts: readonly WrittenPart[];
  readonly settledOn?: string | null | undefined;
  readonly note?: string | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

const MOST_PARTS = 100;

/** The memo that a part issues. */
export interface PlannedMemo {
  readonly id: string;
  /** Which part issues it, from 0. */
  readonly index: number;
  readonly kind: "CREDIT" | "DEBIT";
  readonly number: string;
  readonly documentKey: string;
  readonly totalMinor: bigint;
  readonly taxMinor: bigint;
  readonly dueOn: string | null;
}

/** What a settlement does with the money. */
export interface PlannedParts {
  readonly row: CaseRow;
  readonly resolutions: readonly Resolution[];
  readonly memos: readonly PlannedMemo[];
  readonly resolved: ResolvedDeduction;
}

/** Everything that a settlement writes. */
export interface Plan extends PlannedParts {
  /** The steps that it takes the case. */
  readonly steps: readonly DeductionAction[];
}

/** Who settles, and when. */
export interface Settling {
  readonly worker: CaseWorker;
  readonly limits: readonly ApprovalLimit[];
  readonly on: BusinessDate;
}

/** Reads and checks everything a settlement needs, and says what it would write. */
export async function planSettlement(db: Answering, row: CaseRow, parts: readonly WrittenPart[], { worker, limits, on }: Settling): Promise<Plan> {
  const read = await readParts(db, row, parts, on);
  const left = row.openMinor - total(read.resolutions.map(({ minor }) => minor));
  const { owedMinor } = only(await owedOnChargebacks(db, row.companyId, [row.deductionId]));
  const steps = stepsOfSettlement(row.state, left, owedMinor > 0n || read.resolutions.some(({ kind }) => kind === ResolutionKind.CHARGEBACK));
  const intended = { concedes: read.resolutions.map(({ kind }) => concedes(kind)), denies: steps[0] === DeductionAction.DENY };
  const [blocker] = blockersOfSettlement(intended, row, worker, limits);
  if (blocker) throw new Refusal(blocker.code === "PERMISSION" ? "FORBIDDEN" : "BLOCKED", blocker.message, { subject: subjectOf(row) });
  return { ...(await booked(db, row, read, on)), steps };
}

/** What a rule or a policy settles. Nobody asks for it, so that nobody's right is asked for: it has its limit from whoever set it. */
export const planByRule = async (db: Answering, row: CaseRow, parts: readonly WrittenPart[], on: BusinessDate): Promise<PlannedParts> => booked(db, row, await readParts(db, row, parts, on), on);

async function readParts(db: Answering, row: CaseRow, parts: readonly WrittenPart[], on: BusinessDate): Promise<Pick<PlannedParts, "resolutions" | "memos">> {
  if (parts.length === 0 || parts.length > MOST_PARTS) throw new Refusal("LIMIT_EXCEEDED", `A settlement has 1 to ${MOST_PARTS} parts.`, { field: ["parts"] });
  const memos: PlannedMemo[] = [];
  const resolutions: Resolution[] = [];
  for (const [index, part] of parts.entries()) resolutions.push(await resolutionOf(db, row, part, { index, on, memos, before: resolutions }));
  return { resolutions, memos };
}

async function booked(db: Answering, row: CaseRow, { resolutions, memos }: Pick<PlannedParts, "resolutions" | "memos">, on: BusinessDate): Promise<PlannedParts> {
  await refuseTaken(db, row.companyId, memos);
  return { row, resolutions, memos, resolved: resolveDeduction({ ...row, id: row.deductionId }, resolutions, on, newId) };
}

/** What a part is planned with: its place, the day, the memos of the settlement, and what the parts before it come to. */
interface Planning {
  readonly index: number;
  readonly on: BusinessDate;
  readonly memos: PlannedMemo[];
  readonly before: readonly Resolution[];
}

/** What a part comes to. A memo that it issues is added to the others. */
async function resolutionOf(db: Answering, row: CaseRow, part: WrittenPart, { index, on, memos, before }: Planning): Promise<Resolution> {
  const { companyId, customerId, currency } = row;
  const field = (name: string): string[] => ["parts", String(index), name];
  const read = (text: string, name: string): bigint => at({ field: field(name) }, () => minorFromDecimal(text, currency));
  const minor = read(part.amount, "amount");
  if (part.promotionId && part.kind !== "PROMOTION") throw new Refusal("VALUE_INVALID", `A part of the kind ${part.kind} is settled against no promotion.`, { field: field("promotionId") });
  switch (part.kind) {
    case "CREDIT_MEMO":
    case "CHARGEBACK": {
      const credit = part.kind === "CREDIT_MEMO";
      const taxMinor = credit ? read(part.tax ?? "0", "tax") : 0n;
      if (taxMinor < 0n || taxMinor > minor) throw new Refusal("AMOUNT_INVALID", "The tax in a credit is from nothing to all of it.", { field: field("tax") });
      const id = newId();
      const dueOn = credit ? null : (part.dueOn ?? on);
      const number = part.number?.trim() || `${credit ? "CM" : "CB"}-${id.slice(-12).toUpperCase()}`;
      memos.push({ id, index, kind: credit ? "CREDIT" : "DEBIT", number, documentKey: at({ field: field("number") }, () => documentKey(number)), totalMinor: minor, taxMinor, dueOn });
      return credit ? { kind: "CREDIT_MEMO", minor, memoId: id, amounts: { totalMinor: minor, taxMinor } } : { kind: "CHARGEBACK", minor, memoId: id, dueOn: dueOn! };
    }
    case "REVERSAL":
      return { kind: part.kind, minor, closed: await closedBy(db, row, field("kind")) };
    case "NETTING": {
      if (!part.creditMemoId) throw new Refusal("VALUE_INVALID", "Name the credit memo that settles it.", { field: field("creditMemoId") });
      const memo = await requireMemo(db, companyId, part.creditMemoId, "CREDIT", "creditMemoId");
      if (memo.customerId !== customerId || memo.currency !== currency) throw new Refusal("VALUE_INVALID", "The credit memo is of another customer or currency.", { field: field("creditMemoId") });
      if (minor > memo.openMinor) throw new Refusal("CREDIT_EXCEEDED", `The credit memo has ${memo.openMinor} minor units left.`, { field: field("amount") });
      return { kind: part.kind, minor, credit: { itemId: memo.itemId, effectiveOn: memo.effectiveOn } };
    }
    case "PROMOTION":
      return part.promotionId ? againstPromotion(db, row, part.promotionId, minor, before, field) : { kind: part.kind, minor };
    default:
      return { kind: part.kind, minor };
  }
}

/** A part that a promotion settles, which ran on the day of the invoice or on the day the deduction was taken. */
async function againstPromotion(db: Answering, row: CaseRow, promotionId: string, minor: bigint, before: readonly Resolution[], field: (name: string) => string[]): Promise<Resolution> {
  const { companyId, customerId, currency, invoiceId, takenOn } = row;
  const invoices = invoiceId === null ? [] : await invoicesByKeys(db, [companyId], [invoiceId]);
  const besidesMinor = total(before.map((it) => (it.kind === "PROMOTION" && it.promotionId === promotionId ? it.minor : 0n)));
  await requirePromotion(db, promotionId, { companyId, customerId, currency, days: [...invoices.map((it) => it.invoicedOn), takenOn], minor, besidesMinor }, field);
  return { kind: "PROMOTION", minor, promotionId };
}

/** The one item that the deduction, or all that was split or merged into it, was taken from. Refuses where there is none, or more than one. */
async function closedBy(db: Answering, { companyId, itemId }: CaseRow, field: string[]): Promise<Extract<Resolution, { kind: "REVERSAL" }>["closed"]> {
  const [first, ...others] = await shortPaysBehind(db, companyId, itemId);
  if (!first || first.itemId === null) throw new Refusal("VALUE_INVALID", "The deduction closed no invoice that could be opened again; charge it back.", { field });
  if (others.length > 0) throw new Refusal("VALUE_INVALID", "The deduction was taken from several invoices, so that none of them can be opened again by all of it; charge it back.", { field });
  return { itemId: first.itemId, kind: first.kind, effectiveOn: first.effectiveOn };
}

/** Refuses a number that a memo of the same kind has already, on the books or in this settlement. */
async function refuseTaken(db: Answering, companyId: string, memos: readonly PlannedMemo[]): Promise<void> {
  const taken = memos.length > 0 ? await memosByDocumentKeys(db, companyId, memos.map((it) => it.documentKey)) : [];
  const seen = new Set(taken.map((it) => `${it.kind} ${it.documentKey}`));
  for (const { kind, number, index, documentKey: key } of memos) {
    if (seen.has(`${kind} ${key}`)) throw new Refusal("DUPLICATE", `There is a ${kind.toLowerCase()} memo ${number} already.`, { field: ["parts", String(index), "number"] });
    seen.add(`${kind} ${key}`);
  }
}
