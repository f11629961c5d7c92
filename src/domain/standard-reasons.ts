import type { DeductionReason } from "./reasons.ts";

/** The public lists that a customer's code may be taken from. The same digits mean different things in them. Part of the public schema: add lists, never rename them. */
export const CodeList = {
  /** X12 data element 426, adjustment reason: in the 820 and the 812. */
  X12_426: "X12_426",
  /** UN/EDIFACT data element 4465, adjustment reason: in REMADV and COMDIS. */
  EDIFACT_4465: "EDIFACT_4465",
} as const;
export type CodeList = (typeof CodeList)[keyof typeof CodeList];

/** What a code of a public list says. */
export interface StandardReason {
  /** The list's own words, shortened. */
  readonly meaning: string;
  /** Our reason; unidentified where the code does not tell one. */
  readonly reason: DeductionReason;
  /** Whether it says why nothing was paid and takes nothing off by itself: a question for billing, not for an analyst. */
  readonly nonPayment: boolean;
}

const means = (reason: DeductionReason, codes: Readonly<Record<string, string>>, nonPayment = false): (readonly [string, StandardReason])[] =>
  Object.entries(codes).map(([code, meaning]) => [code, { meaning, reason, nonPayment }] as const);

/** Element 426, by code as it is written there. What is not here names no reason of ours: fees, personal matters, payments. */
const X12_426: ReadonlyMap<string, StandardReason> = new Map([
  ...means("PRICE", { "01": "Pricing error", "03": "Extension error" }),
  ...means("PROMOTION", { "02": "Allowance or charge error", "14": "Returns, promotion", "43": "Missing discount" }),
  ...means("DAMAGE", { "04": "Item not accepted, damaged", "11": "Returns, damage" }),
  ...means("QUALITY", { "05": "Item not accepted, quality", "07": "Incorrect product", "08": "Substitute product" }),
  ...means("SHORTAGE", { "06": "Quantity contested", "42": "Item not accepted, loss" }),
  ...means("RETURN", { "12": "Returns, quality", "13": "Returns, dating", "15": "Returns, recall", "25": "Item not accepted" }),
  ...means("UNEARNED_DISCOUNT", { "09": "Terms of sale error", "24": "Incorrect discount" }),
  ...means("FREIGHT", { "10": "Pallet or container charge error", "21": "Shipment method of payment incorrect", "30": "Delivery charge incorrect", "46": "Transportation charge incorrect", "54": "Freight deducted" }),
  ...means("TAX", { "55": "Tax deducted" }),
  ...means("DUPLICATE", { "19": "Duplicate billing" }),
  ...means("BANK_FEE", { "33": "Currency exchange incorrect" }),
  ...means("PRIOR_CREDIT", { "52": "Credit for overpayment" }),
  ...means("FREIGHT", { "44": "Required documents missing" }, true),
  ...means("UNIDENTIFIED", { "17": "Required data missing", "18": "Not company bill", "45": "Stale bill, over 180 days old" }, true),
]);

/** Element 4465, by code as it is written there, up to the promotions of later directories. */
const EDIFACT_4465: ReadonlyMap<string, StandardReason> = new Map([
  ...means("QUALITY", { 2: "Below specification goods", 14: "Wrong delivery", 49: "Substitute product" }),
  ...means("DAMAGE", { 3: "Damaged goods", 17: "Transport damage" }),
  ...means("SHORTAGE", { 4: "Short delivery", 32: "Goods not delivered" }),
  ...means("PRICE", { 5: "Price query", 57: "Price change" }),
  ...means("PROMOTION", { 19: "Trade discount", 21: "Advertising costs", 38: "Deducted bonus", 72: "Temporary special promotion", 75: "Promotion discount" }),
  ...means("RETURN", { 15: "Goods returned to agent", 16: "Goods partly returned", 35: "Goods returned" }),
  ...means("UNEARNED_DISCOUNT", { 46: "Discount beyond terms", 50: "Terms of sale error", 56: "Incorrect discount" }),
  ...means("FREIGHT", { 20: "Deduction for late delivery", 33: "Late delivery", 40: "Deducted freight costs" }),
  ...means("TAX", { 26: "Taxes", 73: "Difference in tax rate" }),
  ...means("DUPLICATE", { 53: "Duplicate invoice" }),
  ...means("BANK_FEE", { 10: "Costs for draft", 11: "Bank charges" }),
  ...means("PRIOR_CREDIT", { 13: "Counter claim", 42: "Credit balances" }),
  ...means("UNIDENTIFIED", { 6: "Proof of delivery required", 31: "Buyer disagrees with due date", 36: "Invoice not received", 51: "Required data missing" }, true),
]);

const LISTS: Readonly<Record<CodeList, ReadonlyMap<string, StandardReason>>> = { X12_426, EDIFACT_4465 };

/** What a code of a list says; null for one that the list does not have, or that says nothing about a deduction. X12 writes two digits, EDIFACT no leading zero; either is understood. */
export function standardReason(list: CodeList, code: string): StandardReason | null {
  const bare = code.trim().replace(/^0+(?=.)/, "");
  return LISTS[list].get(list === "X12_426" ? bare.padStart(2, "0") : bare) ?? null;
}

/** Every code of a list that says something, in the order of the list. */
export const codesOf = (list: CodeList): readonly (StandardReason & { readonly code: string })[] =>
  [...LISTS[list]].map(([code, it]) => ({ code, ...it })).sort((a, b) => Number(a.code) - Number(b.code));
