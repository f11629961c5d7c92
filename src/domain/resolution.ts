import { type BusinessDate, laterOf } from "./dates.ts";
import { type MemoAmounts, postCreditMemo } from "./memo.ts";
import { total } from "./money.ts";
import { ApplicationKind, ItemKind } from "./open-item.ts";
import { Account, type Entry, EntryKind, postApplication, type Posting, together } from "./posting.ts";
import { DeductionReason } from "./reasons.ts";
import { Refusal } from "./refusal.ts";
import type { NewApplication, NewItem } from "./settlement.ts";

/** How a part of a deduction is settled. Part of the public schema: add kinds, never rename them. */
export const ResolutionKind = {
  CREDIT_MEMO: "CREDIT_MEMO",
  CHARGEBACK: "CHARGEBACK",
  WRITE_OFF: "WRITE_OFF",
  REVERSAL: "REVERSAL",
  DISCOUNT: "DISCOUNT",
  NETTING: "NETTING",
  PROMOTION: "PROMOTION",
  GOODWILL: "GOODWILL",
  BAD_DEBT: "BAD_DEBT",
} as const;
export type ResolutionKind = (typeof ResolutionKind)[keyof typeof ResolutionKind];

/** Whether the customer keeps what it took. A reversal says that there was no deduction, and is neither. */
export const concedes = (kind: ResolutionKind): boolean => kind !== "CHARGEBACK" && kind !== "REVERSAL";

/** A deduction that is being settled. */
export interface DeductionInHand {
  readonly id: string;
  readonly itemId: string;
  readonly customerId: string;
  readonly currency: string;
  readonly reason: DeductionReason;
  readonly openMinor: bigint;
  readonly effectiveOn: BusinessDate;
}

/** One part of what settles it. */
export type Resolution =
  /** A credit memo of this part is issued and used up at once. */
  | { readonly kind: "CREDIT_MEMO"; readonly minor: bigint; readonly memoId: string; readonly amounts: Omit<MemoAmounts, "lineMinors"> }
  /** A debit memo re-bills this part. */
  | { readonly kind: "CHARGEBACK"; readonly minor: bigint; readonly memoId: string; readonly dueOn: BusinessDate }
  /** The invoice that the short pay closed is open again. */
  | { readonly kind: "REVERSAL"; readonly minor: bigint; readonly closed: { readonly itemId: string; readonly kind: ItemKind; readonly effectiveOn: BusinessDate } }
  /** A credit that the customer has already settles this part. */
  | { readonly kind: "NETTING"; readonly minor: bigint; readonly credit: { readonly itemId: string; readonly effectiveOn: BusinessDate } }
  /** What was set aside for trade promotion settles this part; where it is known for which, that promotion has as much less left. */
  | { readonly kind: "PROMOTION"; readonly minor: bigint; readonly promotionId?: string | null }
  | { readonly kind: "WRITE_OFF" | "DISCOUNT" | "GOODWILL" | "BAD_DEBT"; readonly minor: bigint };

/** What a write-off costs, by the reason of the deduction; the rest is a matter of tolerance. */
const EXPENSE: Readonly<Partial<Record<DeductionReason, Account>>> = { FREIGHT: Account.FREIGHT_LOSS, BANK_FEE: Account.BANK_CHARGES };

/** The rows that carry a settlement out. */
export interface ResolvedDeduction {
  readonly entries: Entry[];
  readonly items: NewItem[];
  readonly applications: NewApplication[];
}

/**
 * Settles parts of a deduction, in one balanced entry of the day. `sum of parts <= open`: what is not settled stays open.
 * Refuses a part that is nothing, and parts that are more than is open.
 */
export function resolveDeduction(deduction: DeductionInHand, parts: readonly Resolution[], on: BusinessDate, newId: () => string): ResolvedDeduction {
  const { id, itemId, customerId, currency, openMinor } = deduction;
  if (parts.length === 0 || parts.some(({ minor }) => minor <= 0n)) throw new Refusal("AMOUNT_INVALID", "Each part settles more than nothing.", { field: ["parts"] });
  const sum = total(parts.map(({ minor }) => minor));
  if (sum > openMinor) throw new Refusal("ITEM_CLOSED", `The deduction has ${openMinor} minor units open; the parts settle ${sum}.`, { field: ["parts"] });

  const day = [deduction.effectiveOn, ...parts.flatMap((it) => (it.kind === "REVERSAL" ? it.closed.effectiveOn : it.kind === "NETTING" ? it.credit.effectiveOn : []))].reduce(laterOf, on);
  const entryId = newId();
  const [postings, items, applications]: [Posting[], NewItem[], NewApplication[]] = [[], [], []];
  const apply = (kind: ApplicationKind, minor: bigint, items_: Partial<Pick<NewApplication, "debitItemId" | "creditItemId" | "openedItemId">>, booked: readonly Posting[]): void => {
    postings.push(...booked);
    applications.push({ id: newId(), kind, entryId, customerId, paymentId: null, debitItemId: itemId, creditItemId: null, openedItemId: null, currency, minor, effectiveOn: day, ...items_ });
  };
  const open = (kind: ItemKind, documentId: string, minor: bigint, dueOn: BusinessDate | null): string => {
    const item = { id: newId(), kind, customerId, documentId, currency, minor, dueOn, effectiveOn: day };
    items.push(item);
    return item.id;
  };

  for (const part of parts) {
    const { kind, minor } = part;
    const close = (applied: ApplicationKind, expense?: Account): Posting[] => postApplication(applied, minor, ItemKind.DEDUCTION, expense);
    switch (part.kind) {
      case "CREDIT_MEMO":
        postings.push(...postCreditMemo(part.amounts));
        apply(ApplicationKind.CREDIT, minor, { creditItemId: open(ItemKind.CREDIT_MEMO, part.memoId, minor, null) }, close(ApplicationKind.CREDIT));
        break;
      case "CHARGEBACK":
        apply(ApplicationKind.CHARGEBACK, minor, { openedItemId: open(ItemKind.DEBIT_MEMO, part.memoId, minor, part.dueOn) }, close(ApplicationKind.CHARGEBACK));
        break;
      case "REVERSAL":
        apply(ApplicationKind.REVERSAL, minor, {}, close(ApplicationKind.REVERSAL));
        apply(ApplicationKind.DEDUCTION, -minor, { debitItemId: part.closed.itemId, openedItemId: itemId }, []);
        break;
      case "NETTING":
        apply(ApplicationKind.CREDIT, minor, { creditItemId: part.credit.itemId }, close(ApplicationKind.CREDIT));
        break;
      case "WRITE_OFF":
        apply(ApplicationKind.WRITE_OFF, minor, {}, close(ApplicationKind.WRITE_OFF, EXPENSE[deduction.reason]));
        break;
      default:
        apply(part.kind, minor, {}, close(kind as typeof part.kind));
    }
  }
  return { entries: [{ id: entryId, kind: EntryKind.RESOLUTION, documentId: id, customerId, currency, effectiveOn: day, postings: together(postings) }], items, applications };
}

/** A settlement as it was written, to be undone. */
export interface DoneResolution {
  readonly entry: Pick<Entry, "documentId" | "customerId" | "currency" | "effectiveOn" | "postings">;
  readonly applications: readonly Omit<NewApplication, "id" | "entryId">[];
  /** The memos that it issued, each whole: a chargeback of which something was paid is not to be undone. */
  readonly memos: readonly { readonly itemId: string; readonly kind: ItemKind; readonly minor: bigint; readonly openMinor: bigint }[];
}

/** Undoes a settlement by opposite rows: the deduction is open again by as much, and its memos are canceled. */
export function undoResolution({ entry, applications, memos }: DoneResolution, on: BusinessDate, newId: () => string): ResolvedDeduction {
  const paid = memos.find(({ kind, minor, openMinor }) => kind === ItemKind.DEBIT_MEMO && openMinor < minor);
  if (paid) throw new Refusal("CONFLICT", `Of the chargeback ${paid.minor - paid.openMinor} minor units are settled already; undo that first.`);
  const day = laterOf(on, entry.effectiveOn);
  const entryId = newId();
  const opposite = applications.map((it): NewApplication => ({ ...it, id: newId(), entryId, minor: -it.minor, effectiveOn: day }));
  const canceled = memos.map(({ itemId, kind, minor }): NewApplication => ({
    id: newId(), kind: ApplicationKind.CANCELED, entryId, customerId: entry.customerId!, paymentId: null, openedItemId: null, currency: entry.currency, minor, effectiveOn: day,
    debitItemId: kind === ItemKind.DEBIT_MEMO ? itemId : null, creditItemId: kind === ItemKind.CREDIT_MEMO ? itemId : null,
  }));
  const postings = entry.postings.map(({ account, minor }) => ({ account, minor: -minor }));
  return { entries: [{ ...entry, id: entryId, kind: EntryKind.RESOLUTION, effectiveOn: day, postings }], items: [], applications: [...opposite, ...canceled] };
}

/**
 * The parts that a deduction is split into, each a deduction of its own. They make up what is open, so that no sum changes;
 * the journal shows both sides of it on the same account.
 */
export function splitDeduction(parent: DeductionInHand, children: readonly { readonly id: string; readonly minor: bigint }[], on: BusinessDate, newId: () => string): ResolvedDeduction {
  if (children.length < 2 || children.some(({ minor }) => minor <= 0n)) throw new Refusal("AMOUNT_INVALID", "A deduction is split into two parts or more, each more than nothing.", { field: ["parts"] });
  const sum = total(children.map(({ minor }) => minor));
  if (sum !== parent.openMinor) throw new Refusal("TOTAL_MISMATCH", `The parts add up to ${sum} minor units; ${parent.openMinor} are open.`, { field: ["parts"] });
  return standOn([{ deduction: parent, minor: sum }], children, parent, on, newId);
}

/** Makes one deduction of several of the same customer and currency; all that they have open stands on in it. */
export function mergeDeductions(parts: readonly DeductionInHand[], mergedId: string, on: BusinessDate, newId: () => string): ResolvedDeduction {
  const [first, ...others] = parts;
  if (!first || others.length === 0) throw new Refusal("VALUE_INVALID", "Name two deductions or more to merge.", { field: ["deductionIds"] });
  const strange = others.find((it) => it.customerId !== first.customerId || it.currency !== first.currency);
  if (strange) throw new Refusal("VALUE_INVALID", "Only deductions of one customer and one currency can be merged.", { field: ["deductionIds"] });
  if (parts.some(({ openMinor }) => openMinor === 0n)) throw new Refusal("ITEM_CLOSED", "Only open deductions can be merged.", { field: ["deductionIds"] });
  return standOn(parts.map((deduction) => ({ deduction, minor: deduction.openMinor })), [{ id: mergedId, minor: total(parts.map((it) => it.openMinor)) }], first, on, newId);
}

/** Closes sources into targets of the same sum: one application for each piece that goes from one to another. */
function standOn(
  sources: readonly { readonly deduction: DeductionInHand; readonly minor: bigint }[], targets: readonly { readonly id: string; readonly minor: bigint }[], { customerId, currency, id: documentId }: DeductionInHand, on: BusinessDate, newId: () => string,
): ResolvedDeduction {
  const day = sources.map((it) => it.deduction.effectiveOn).reduce(laterOf, on);
  const entryId = newId();
  const items = targets.map(({ id, minor }): NewItem => ({ id: newId(), kind: ItemKind.DEDUCTION, customerId, documentId: id, currency, minor, dueOn: null, effectiveOn: day }));
  const applications: NewApplication[] = [];
  const pieces = sources.length === 1 ? targets.map(({ minor }, no) => ({ from: sources[0]!, to: items[no]!, minor })) : sources.map((from) => ({ from, to: items[0]!, minor: from.minor }));
  const postings = pieces.flatMap(({ minor }) => postApplication(ApplicationKind.SPLIT, minor, ItemKind.DEDUCTION));
  for (const { from, to, minor } of pieces) {
    applications.push({ id: newId(), kind: ApplicationKind.SPLIT, entryId, customerId, paymentId: null, debitItemId: from.deduction.itemId, creditItemId: null, openedItemId: to.id, currency, minor, effectiveOn: day });
  }
  return { entries: [{ id: entryId, kind: EntryKind.RESOLUTION, documentId, customerId, currency, effectiveOn: day, postings }], items, applications };
}
