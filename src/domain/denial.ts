import type { Finding } from "./claim-findings.ts";
import type { BusinessDate } from "./dates.ts";
import type { EvidenceKind } from "./evidence.ts";
import type { TableLine } from "./line-table.ts";
import { decimalFromMinor } from "./money.ts";
import { countText } from "./quantity.ts";
import type { DeductionReason } from "./reasons.ts";
import type { TestResult } from "./validity.ts";

/** A paper that a denial rests on. */
export interface DenialPaper {
  readonly kind: EvidenceKind;
  readonly reference: string | null;
  /** SHA-256; null for a paper that is only named. */
  readonly digest: string | null;
}

/** All that a denial is written from. */
export interface DenialFacts {
  readonly company: string;
  readonly customer: string;
  readonly account: string;
  /** Whom it is written to; null where nobody is known. */
  readonly contact: string | null;
  readonly day: BusinessDate;
  readonly answerBy: BusinessDate;
  readonly currency: string;
  readonly minor: bigint;
  readonly reason: DeductionReason;
  readonly takenOn: BusinessDate;
  readonly claimNumber: string | null;
  readonly invoice: string | null;
  readonly purchaseOrder: string | null;
  /** What the person who denies it adds; null for nothing. */
  readonly reasoning: string | null;
  readonly findings: readonly Finding[];
  readonly tests: readonly TestResult[];
  readonly lines: readonly TableLine[];
  readonly papers: readonly DenialPaper[];
}

/** A letter in parts, for a page or for an e-mail. */
export interface DenialLetter {
  readonly company: string;
  readonly currency: string;
  readonly subject: string;
  readonly day: BusinessDate;
  readonly addressee: readonly string[];
  readonly facts: readonly (readonly [string, string])[];
  readonly greeting: string;
  readonly opening: readonly string[];
  readonly arguments: readonly string[];
  /** The figures item by item: a head and its rows; nothing where no paper has lines. */
  readonly figures: readonly (readonly string[])[];
  readonly papers: readonly DenialPaper[];
  readonly closing: readonly string[];
  readonly signature: readonly string[];
}

/** What we call reasons when we write to customers. */
const WORDS: Readonly<Record<DeductionReason, string>> = {
  DAMAGE: "damaged goods", SHORTAGE: "missing goods", PROMOTION: "a promotion", PRICE: "a price difference", UNIT_PER_CASE: "the number of units in a case", RETURN: "returned goods", QUALITY: "quality",
  UNEARNED_DISCOUNT: "a cash discount", FREIGHT: "freight or delivery", TAX: "tax", DUPLICATE: "a double billing", BANK_FEE: "bank charges", PRIOR_CREDIT: "an earlier credit", UNIDENTIFIED: "no reason that we could identify",
};

/** What speaks against the customer, each argument once; a part of the deduction that speaks for it is never called ours. */
export function argumentsAgainst({ reasoning, findings, tests }: Pick<DenialFacts, "reasoning" | "findings" | "tests">): string[] {
  const said = [...findings.filter(({ speaks }) => speaks === "AGAINST").map(({ argument }) => argument), ...tests.filter(({ answer }) => answer === "AGAINST").map(({ argument }) => argument)];
  return [...new Set([...(reasoning === null ? [] : [reasoning]), ...said])];
}

/** Writes the letter: courteous, in the company's name, with the reasons, the figures and the papers, and an open door. */
export function denialLetter(facts: DenialFacts): DenialLetter {
  const { company, customer, account, contact, day, answerBy, currency, minor, reason, takenOn, claimNumber, invoice, purchaseOrder, papers } = facts;
  const sum = `${currency} ${decimalFromMinor(minor, currency)}`;
  const what = claimNumber ? `your claim ${claimNumber}` : `your deduction of ${takenOn}`;
  return {
    company, currency, day, papers, subject: `${claimNumber ? `Claim ${claimNumber}` : `Deduction of ${takenOn}`}${invoice ? `, invoice ${invoice}` : ""}: ${sum}`,
    addressee: [customer, `Account ${account}`, ...(contact ? [`Attention: ${contact}`] : [])],
    facts: [
      ...(claimNumber ? [["Your claim", claimNumber] as const] : []), ...(invoice ? [["Our invoice", invoice] as const] : []), ...(purchaseOrder ? [["Your order", purchaseOrder] as const] : []),
      ["Deducted on", takenOn], ["Because of", WORDS[reason]], ["Amount", sum],
    ],
    greeting: contact ? `Dear ${contact},` : "Dear Sir or Madam,",
    opening: [
      `Thank you for your business, and for letting us look into ${what}. You deducted ${sum} on ${takenOn} because of ${WORDS[reason]}.`,
      "We have compared it with the documents listed below. We are sorry to say that they do not support it, for these reasons:",
    ],
    arguments: argumentsAgainst(facts), figures: figuresOf(facts),
    closing: [
      `We therefore kindly ask you to pay ${sum} with your next payment, and to name ${claimNumber ?? invoice ?? `account ${account}`} in your advice.`,
      `If you hold documents that show otherwise, please send them to us by ${answerBy}. We will gladly look at the matter again. Any document of this list is yours on request.`,
    ],
    signature: ["Yours sincerely,", company, "Accounts Receivable"],
  };
}

function figuresOf({ lines, currency }: DenialFacts): string[][] {
  if (lines.length === 0) return [];
  const count = (thousandths: bigint | null): string => (thousandths === null ? "-" : countText(thousandths));
  const money = (minor: bigint | null): string => (minor === null ? "-" : decimalFromMinor(minor, currency));
  return [
    ["Item", "Unit", "Ordered", "Billed", "Shipped", "Received", "Billed at", "As ordered"],
    ...lines.map((it) => [it.item, it.unit, count(it.ordered), count(it.invoiced), count(it.shipped), count(it.received), money(it.invoicedMinor), money(it.orderedMinor)]),
  ];
}

/** The letter as the text of an e-mail, to which the packet is attached. */
export function denialText({ greeting, opening, arguments: reasons, papers, closing, signature }: DenialLetter): string {
  const list = (its: readonly string[]): string => its.map((it) => `- ${it}`).join("\n");
  const named = papers.map(({ kind, reference }) => `${PAPER_WORDS[kind]}${reference ? ` ${reference}` : ""}`);
  return [greeting, ...opening, list(reasons), ...(named.length > 0 ? [`Documents, with their checksums in the attached packet:\n${list(named)}`] : []), ...closing, signature.join("\n")].join("\n\n");
}

/** What we call papers when we write to customers. */
export const PAPER_WORDS: Readonly<Record<EvidenceKind, string>> = {
  POD: "Proof of delivery", BOL: "Bill of lading", PO: "Purchase order", ASN: "Ship notice", RECEIVING_ADVICE: "Receiving advice", INVOICE: "Invoice", CONTRACT: "Contract", PROMOTION: "Promotion agreement",
  PRICE_LIST: "Price list", PACK_DATA: "Pack sizes", PHOTO: "Photograph", EMAIL: "E-mail", CALL_NOTE: "Note of a call", CLAIM: "Claim",
};
