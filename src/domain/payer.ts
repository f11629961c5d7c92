import { accountKey, documentKey } from "./account-number.ts";
import type { BankLine } from "./bank-file.ts";
import { textKeys } from "./bank-references.ts";
import { payerNameKey } from "./payer-name.ts";
import { namesInText } from "./payer-text.ts";
import type { Remittance, RemittanceLine } from "./remittance.ts";

/** The ways to tell who paid, the surest first. */
export const PAYER_RULES = ["STATED_ACCOUNT", "REMITTANCE_REFERENCE", "CUSTOMER_REFERENCE", "PAYER_NAME", "INVOICE_IN_TEXT"] as const;
export type PayerRule = (typeof PAYER_RULES)[number];

const BY_INVOICE: ReadonlySet<PayerRule> = new Set(["REMITTANCE_REFERENCE", "INVOICE_IN_TEXT"]);

/** What a receipt says about its payer, as the keys that customers, names and invoices are found by. */
export interface PayerClues {
  /** The account number that the remittance states. */
  readonly statedAccount: string | null;
  /** The documents that the remittance names. */
  readonly references: readonly string[];
  /** The bank's customer reference, which may be an account number of ours. */
  readonly customerReference: string | null;
  /** The payer's name on the remittance, or else what may be a name in the bank's text. */
  readonly names: readonly string[];
  /** Words of the bank's text that may be invoice numbers. */
  readonly words: readonly string[];
}

/** A customer that a clue leads to, by one rule. */
export interface PayerHit {
  readonly rule: PayerRule;
  readonly customerId: string;
  /** The invoice named in the text. */
  readonly documentKey: string | null;
  /** Where the clue is an invoice: who pays for its customer on the day of the receipt. */
  readonly paidBy: readonly string[];
}

/** A word of a bank's text shorter than this is never taken for an invoice number: it is too likely a quantity, a year or a code. */
const SHORTEST_NUMBER = 4;

/** The clues of a receipt. */
export function payerClues(line: Pick<BankLine, "customerReference" | "text">, remittance: Omit<Remittance, "paymentReference"> | null): PayerClues {
  const names = remittance?.payerName ? [remittance.payerName] : namesInText(line.text);
  return {
    statedAccount: remittance?.accountNumber ? accountKey(remittance.accountNumber) : null,
    references: [...new Set((remittance?.lines ?? []).flatMap(({ reference }) => (reference === null ? [] : [documentKey(reference)])))],
    customerReference: line.customerReference === null ? null : accountKey(line.customerReference),
    names: [...new Set(names.map(payerNameKey))].filter((key) => key !== ""),
    words: [...textKeys(line.text)].filter((word) => word.length >= SHORTEST_NUMBER && /\d/.test(word)),
  };
}

/**
 * An invoice leads to its customer or, where another clue names one who pays for that customer and not the customer itself, to
 * that payer; so it does where the payer's own invoices are named beside it.
 */
function meant(hits: readonly PayerHit[]): PayerHit[] {
  const idsOf = (some: readonly PayerHit[]): Set<string> => new Set(some.map(({ customerId }) => customerId));
  const [named, owners] = [idsOf(hits.filter(({ rule }) => !BY_INVOICE.has(rule))), idsOf(hits.filter(({ rule }) => BY_INVOICE.has(rule)))];
  return hits.map((hit) => {
    if (named.has(hit.customerId)) return hit;
    const payer = hit.paidBy.find((id) => named.has(id)) ?? hit.paidBy.find((id) => owners.has(id));
    return payer === undefined ? hit : { ...hit, customerId: payer };
  });
}

/**
 * Who paid, or null when nothing tells or the clues contradict each other. The rules are asked in order. One that leads to a
 * single customer decides; one that leads to several only narrows the choice for the rules after it.
 */
export function identifyPayer(all: readonly PayerHit[]): string | null {
  const hits = meant(all);
  let among: ReadonlySet<string> | null = null;
  for (const rule of PAYER_RULES) {
    const found = new Set(hits.filter((hit) => hit.rule === rule).map(({ customerId }) => customerId));
    if (found.size === 0) continue;
    const before: ReadonlySet<string> | null = among;
    const left: Set<string> = before === null ? found : new Set([...found].filter((id) => before.has(id)));
    if (left.size === 0) return null;
    if (left.size === 1) return [...left][0]!;
    among = left;
  }
  return null;
}

/**
 * The remittance that a bank's text amounts to: when it names exactly one invoice, and that is the payer's, the whole receipt
 * is for it; or it is that of a customer whom the payer pays for. Null otherwise; how a receipt is divided over several invoices the text does not say.
 */
export function remittanceInText(hits: readonly PayerHit[], customerId: string, minor: bigint): RemittanceLine[] | null {
  const named = hits.filter(({ rule }) => rule === "INVOICE_IN_TEXT");
  const [only] = named;
  if (named.length !== 1 || !only || ![only.customerId, ...only.paidBy].includes(customerId) || only.documentKey === null) return null;
  return [
    {
      line: null, reference: only.documentKey, grossMinor: null, discountMinor: 0n, deductionMinor: 0n, netMinor: minor,
      customerCode: null, text: null, partial: false, claimNumber: null,
    },
  ];
}
