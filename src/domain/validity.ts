import { compareLines } from "./claim-lines.ts";
import type { ClaimResearch } from "./claim-research.ts";
import { crossContract } from "./cross-contract.ts";
import { addDays } from "./dates.ts";
import type { DeductionFile } from "./deduction-file.ts";
import { discountAt } from "./discount.ts";
import { decimalFromMinor, share, total } from "./money.ts";
import type { GoodsLine } from "./claim-file.ts";
import { countText, inSmallestUnit } from "./quantity.ts";
import type { DeductionReason } from "./reasons.ts";

/** A question that is asked of every deduction. Part of the public schema: add tests, never rename them. */
export const ValidityTest = { DUPLICATE: "DUPLICATE", CROSS_CONTRACT: "CROSS_CONTRACT", NOTICE: "NOTICE", PRICE_AND_PACK: "PRICE_AND_PACK", DELIVERY: "DELIVERY", PROMOTION: "PROMOTION", DISCOUNT_TERMS: "DISCOUNT_TERMS" } as const;
export type ValidityTest = (typeof ValidityTest)[keyof typeof ValidityTest];

/** What the papers and the books answer. */
export const TestAnswer = { FOR: "FOR", AGAINST: "AGAINST", NOTHING_FOUND: "NOTHING_FOUND", CANNOT_TELL: "CANNOT_TELL", NOT_APPLICABLE: "NOT_APPLICABLE" } as const;
export type TestAnswer = (typeof TestAnswer)[keyof typeof TestAnswer];

/** One test with what went into it and what came of it: an argument for a person, never a verdict. */
export interface TestResult {
  readonly test: ValidityTest;
  readonly answer: TestAnswer;
  readonly argument: string;
  readonly inputs: readonly { readonly name: string; readonly value: string }[];
}

type Answered = readonly [TestAnswer, string, Readonly<Record<string, string | null | undefined>>?];

/** Puts every question to a deduction. */
export function testsOf(file: DeductionFile, research: ClaimResearch): TestResult[] {
  const asked: readonly (readonly [ValidityTest, Answered])[] = [
    ["DUPLICATE", duplicate(file, research)], ["CROSS_CONTRACT", contract(file)], ["NOTICE", notice(file)], ["PRICE_AND_PACK", priceAndPack(file, research)],
    ["DELIVERY", delivery(file)], ["PROMOTION", promotion(file)], ["DISCOUNT_TERMS", discountTerms(file)],
  ];
  return asked.map(([test, [answer, argument, inputs = {}]]) => ({ test, answer, argument, inputs: Object.entries(inputs).flatMap(([name, value]) => (value == null || value === "" ? [] : [{ name, value }])) }));
}

const amount = ({ facts: { currency } }: DeductionFile, minor: bigint): string => `${currency} ${decimalFromMinor(minor, currency)}`;

/** Whether the same was taken or claimed before. */
function duplicate(file: DeductionFile, { findings }: ClaimResearch): Answered {
  const { facts, claim } = file;
  const same = facts.earlier.filter((it) => it.minor === facts.minor && it.reason === facts.reason);
  const inputs = {
    amount: amount(file, facts.minor), reason: facts.reason, invoice: facts.invoice?.number, purchaseOrder: claim.claim.purchaseOrder,
    "earlier deductions": facts.earlier.map((it) => `${it.takenOn} ${it.reason} ${amount(file, it.minor)} ${it.state}`).join("; "), "earlier claims": claim.earlier.map(({ number }) => number).join(", "),
  };
  const [taken] = same;
  if (taken) return ["AGAINST", `The same amount was taken for the same reason on ${taken.takenOn}${taken.claimNumber ? ` by claim ${taken.claimNumber}` : ""}; that deduction is ${taken.state}.`, inputs];
  const found = findings.find(({ cause }) => cause === "DUPLICATE");
  if (found) return ["AGAINST", found.argument, inputs];
  return ["NOTHING_FOUND", "Nothing in the books or the papers shows that the same was taken or credited before.", inputs];
}

/** Whether it was taken from the contract that it is about. The law of sales lets a buyer deduct from the price of the same contract (UCC 2-717); an agreement may allow more. */
function contract({ facts: { contract: said } }: DeductionFile): Answered {
  const named = (invoices: readonly { readonly number: string | null }[]): string => invoices.map(({ number }) => number ?? "without a number").join(", ");
  const inputs = { "orders named": said.named.orders.join(", "), "invoices named": named(said.named.invoices), "taken from": named(said.takenFrom) };
  const other = crossContract(said.named, said.takenFrom);
  if (other) return ["AGAINST", `${other} Without an agreement, it may be deducted from the price of its own contract alone.`, inputs];
  if (said.named.orders.length + said.named.invoices.length === 0) return ["CANNOT_TELL", "The customer names no order or invoice to compare.", inputs];
  return ["NOTHING_FOUND", "Nothing that it names is of another contract than the one it was taken from.", inputs];
}

/** Whether the customer told us before it deducted, or with it. */
function notice({ facts, noticedOn }: DeductionFile): Answered {
  const inputs = { "taken on": facts.takenOn, "claimed on": noticedOn, "claim number in the advice": facts.claimNumber };
  if (noticedOn !== null && noticedOn <= facts.takenOn) return ["FOR", `The customer claimed on ${noticedOn}, before or when it deducted on ${facts.takenOn}.`, inputs];
  if (facts.claimNumber !== null) return ["FOR", `The advice of the payment names the claim ${facts.claimNumber}: notice came with the deduction.`, inputs];
  if (noticedOn !== null) return ["AGAINST", `The customer claimed on ${noticedOn}, after it had deducted on ${facts.takenOn}.`, inputs];
  return ["CANNOT_TELL", "There is no claim of the customer on paper.", inputs];
}

/** Whether what was billed is what was ordered, in price and in packs. */
function priceAndPack(file: DeductionFile, { findings }: ClaimResearch): Answered {
  const { claim, facts } = file;
  if (!claim.order || !claim.invoice) return ["CANNOT_TELL", `There is no ${claim.order ? "invoice" : "order"} with its lines to compare.`];
  const lines = compareLines(claim).filter(({ invoiced, orderedMinor }) => invoiced !== null && orderedMinor !== null);
  const inputs = Object.fromEntries(lines.map((it) => [it.item, `${countText(it.invoiced!)} ${it.unit} billed at ${amount(file, it.invoicedMinor)}, at the price ordered ${amount(file, it.orderedMinor!)}`]));
  const packs = { ...inputs, packs: claim.packs.map((it) => `1 ${it.unit} of ${it.item} = ${it.holds} ${it.of}`).join("; ") };
  const pack = findings.find(({ cause }) => cause === "UNIT_PER_CASE");
  if (pack) return ["AGAINST", pack.argument, packs];
  const above = total(lines.map(({ invoicedMinor, orderedMinor }) => (invoicedMinor > orderedMinor! ? invoicedMinor - orderedMinor! : 0n)));
  if (above > 0n) return ["FOR", `${amount(file, above)} was billed above the price of ${claim.order.number}.`, packs];
  const about: readonly DeductionReason[] = ["PRICE", "UNIT_PER_CASE"];
  return [about.includes(facts.reason) ? "AGAINST" : "NOTHING_FOUND", `${claim.invoice.number} bills the prices of ${claim.order.number}, once both are counted in one unit.`, packs];
}

/** Whether what was billed arrived, by what the receiver signed for before what it says. */
function delivery({ facts, claim, arrived }: DeductionFile): Answered {
  const about: readonly DeductionReason[] = ["SHORTAGE", "UNIT_PER_CASE", "DAMAGE", "QUALITY", "UNIDENTIFIED"];
  if (!about.includes(facts.reason)) return ["NOT_APPLICABLE", "The claim is not about what arrived."];
  const count = (lines: readonly GoodsLine[], item: string): bigint => total(lines.filter((it) => it.item === item).map(({ quantity }) => inSmallestUnit(quantity, item, claim.packs).thousandths));
  const words = (lines: readonly GoodsLine[] | null | undefined): string | null => lines?.map(({ item, quantity }) => `${countText(quantity.thousandths)} ${quantity.unit} of ${item}`).join(", ") ?? null;
  const inputs = { billed: words(claim.invoice?.lines), "signed for": words(arrived.signed), "said to be received": words(arrived.advised) };
  const there = arrived.signed ?? arrived.advised;
  if (!there || !claim.invoice) return ["CANNOT_TELL", there ? "There is no invoice with its lines." : "Nothing says what arrived.", inputs];
  const items = [...new Set(claim.invoice.lines.map(({ item }) => item))];
  const short = items.filter((item) => count(there, item) < count(claim.invoice!.lines, item));
  const who = arrived.signed ? "The receiver signed for" : "The customer says it received";
  const disputed = arrived.signed && arrived.advised && items.some((item) => count(arrived.signed!, item) !== count(arrived.advised!, item)) ? " What the customer says it received is another count." : "";
  if (short.length === 0) return ["AGAINST", `${who} all that was billed.${disputed}`, inputs];
  return ["FOR", `${who} less than was billed of ${short.join(", ")}.${disputed}`, inputs];
}

/** Whether an agreement holds on the day of the invoice, and something is left of what was set aside for it. */
function promotion(file: DeductionFile): Answered {
  const { facts, agreements, claim } = file;
  if (facts.reason !== "PROMOTION") return ["NOT_APPLICABLE", "The claim is not about a promotion."];
  const day = claim.invoice?.invoicedOn ?? facts.invoice?.invoicedOn;
  if (agreements.length === 0 || !day) return ["CANNOT_TELL", agreements.length === 0 ? "There is no agreement on paper." : "No invoice says on which day the goods were billed."];
  const inputs = { "billed on": day, claimed: amount(file, facts.minor), ...Object.fromEntries(agreements.map((it) => [it.code, `${it.basisPoints / 100} % on ${it.item} from ${it.validFrom} to ${it.validTo}${it.accruedMinor === null ? "" : `, ${amount(file, it.accruedMinor)} set aside and ${amount(file, it.usedMinor)} used`}`])) };
  const alive = agreements.filter(({ validFrom, validTo }) => validFrom <= day && day <= validTo);
  if (alive.length === 0) return ["AGAINST", `No agreement holds on ${day}.`, inputs];
  const given = total(alive.map((it) => share(total((claim.invoice?.lines ?? []).filter(({ item }) => item === it.item).map(({ minor }) => minor)), it.basisPoints)));
  if (claim.invoice && given < facts.minor) return ["AGAINST", `${alive.map(({ code }) => code).join(" and ")} gives ${amount(file, given)} on this invoice, less than was taken.`, inputs];
  const left = alive.every(({ accruedMinor }) => accruedMinor !== null) ? total(alive.map(({ accruedMinor, usedMinor }) => accruedMinor! - usedMinor)) : null;
  if (left !== null && left < facts.minor) return ["AGAINST", `Of what was set aside for ${alive.map(({ code }) => code).join(" and ")}, ${amount(file, left)} is left.`, inputs];
  return ["FOR", `${alive.map(({ code }) => code).join(" and ")} holds on ${day}${left === null ? "" : ", and enough is left of what was set aside"}.`, inputs];
}

/** Whether the discount that was taken was offered, and not too late. */
function discountTerms(file: DeductionFile): Answered {
  const { facts } = file;
  if (facts.reason !== "UNEARNED_DISCOUNT") return ["NOT_APPLICABLE", "The claim is not about a cash discount."];
  const { invoice, paidOn } = facts;
  if (!invoice || !paidOn) return ["CANNOT_TELL", invoice ? "It came with no payment." : "It names no invoice that we hold."];
  const offers = invoice.discounts.map((it) => ({ ...it, lastDay: addDays(it.discountOn, invoice.graceDays), minor: discountAt({ originalMinor: invoice.totalMinor }, it.basisPoints) }));
  const inputs = { "paid on": paidOn, taken: amount(file, facts.minor), billed: amount(file, invoice.totalMinor), offered: offers.map((it) => `${it.basisPoints / 100} % to ${it.discountOn}`).join("; "), "days of grace": String(invoice.graceDays) };
  if (offers.length === 0) return ["AGAINST", `${invoice.number} offers no cash discount.`, inputs];
  const alive = offers.filter(({ lastDay }) => paidOn <= lastDay);
  if (alive.length === 0) return ["AGAINST", `${invoice.number} was paid on ${paidOn}; its last discount ended on ${offers.map(({ lastDay }) => lastDay).sort().at(-1)}, grace included.`, inputs];
  const best = alive.reduce((a, b) => (b.minor > a.minor ? b : a));
  if (facts.minor > best.minor) return ["AGAINST", `${amount(file, best.minor)} was earned by paying on ${paidOn}, less than was taken.`, inputs];
  return ["FOR", `${invoice.number} offers ${best.basisPoints / 100} % to ${best.discountOn}, and was paid on ${paidOn}.`, inputs];
}
