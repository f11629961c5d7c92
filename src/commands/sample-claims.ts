import type { Ask } from "../demo/desk.ts";
import { addDays } from "../domain/dates.ts";
import type { ClaimFile } from "../domain/claim-file.ts";
import { decimalFromMinor, total } from "../domain/money.ts";
import { papersOf } from "../domain/paper-writer.ts";
import { countText } from "../domain/quantity.ts";
import { CommandError } from "./run.ts";

/** Money as the graph says it. */
interface Amount {
  readonly amount: string;
}

/** What the product found out about a claim. */
export interface Found {
  readonly recommendation: "CREDIT" | "CREDIT_PART" | "DENY" | "REVIEW";
  readonly explained: Amount;
  readonly unexplained: Amount;
  readonly valid: Amount;
  readonly warnings: readonly string[];
  readonly missing: readonly string[];
  readonly findings: readonly { readonly cause: string; readonly speaks: "FOR" | "AGAINST"; readonly argument: string; readonly quantity: string | null }[];
  readonly tests: readonly { readonly test: string; readonly answer: string; readonly argument: string }[];
}

/** A claim that was taken in a payment, and what became of it. */
export interface WorkedClaim {
  readonly deduction: { readonly id: string; readonly reason: string; readonly amount: Amount; readonly claimNumber: string | null; readonly invoice: { readonly number: string } | null };
  readonly found: Found;
}

/** A second invoice is paid along, so that a claim for the whole of the first comes with cash too. */
const ALONG = "100.00";
const DUE_DAYS = 30;

const FOUND = `recommendation explained { amount } unexplained { amount } valid { amount } warnings missing findings { cause speaks argument quantity } tests { test answer argument }`;
const ABOUT = `id reason claimNumber amount { amount } invoice { number }`;

/** Takes a claim into the books of a company as a customer's short pay, keeps its papers with the deduction and has them compared. The account must be new. */
export async function workClaim(ask: Ask, company: string, account: string, file: ClaimFile): Promise<WorkedClaim> {
  const send = async (mutation: string, input: object, answer = ""): Promise<Record<string, unknown>> => {
    const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
    const answered = (await ask(`mutation ($input: ${type}!) { ${mutation}(input: $input) { ${answer} userErrors { message } } }`, { input }))[mutation] as Record<string, unknown> & { readonly userErrors: readonly { readonly message: string }[] };
    if (answered.userErrors.length > 0) throw new CommandError(`${account}: ${mutation} was refused: ${answered.userErrors.map(({ message }) => message).join(" ")}`);
    return answered;
  };
  const { currency, claim, invoice } = file;
  const money = (minor: bigint): string => decimalFromMinor(minor, currency);
  const along = `${account}-ALONG`;
  const billedOn = invoice?.invoicedOn ?? claim.claimedOn;
  const billed = invoice ? total(invoice.lines.map(({ minor }) => minor)) : 0n;
  await send("createCustomer", { company, accountNumber: account, name: `Customer of ${claim.number}`, currency });
  await send("mapReason", { company, account, customerCode: claim.reason, reason: claim.reason, effectiveFrom: "2000-01-01" });
  const bill = (number: string, sum: string, lines: readonly object[]) =>
    send("issueInvoice", { company, account, number, currency, invoicedOn: billedOn, dueOn: addDays(billedOn, DUE_DAYS), purchaseOrder: claim.purchaseOrder, total: sum, lines });
  if (invoice) await bill(invoice.number, money(billed), invoice.lines.map(({ item, quantity, minor }) => ({ item, description: item, quantity: countText(quantity.thousandths), unit: quantity.unit, amount: money(minor) })));
  await bill(along, ALONG, [{ description: "Other goods", amount: ALONG }]);
  const taken = { deduction: money(claim.minor), customerCode: claim.reason, claimNumber: claim.number };
  const lines = [{ reference: along, net: ALONG }, invoice ? { reference: invoice.number, gross: money(billed), ...taken } : taken];
  const cash = billed + 10_000n - claim.minor;
  const paid = await send(
    "recordPayment", { company, account, currency, amount: money(cash), receivedOn: claim.claimedOn > billedOn ? claim.claimedOn : billedOn, lines }, `payment { deductions { ${ABOUT} } }`,
  );
  const [deduction] = (paid["payment"] as { readonly deductions: readonly WorkedClaim["deduction"][] }).deductions;
  if (!deduction) throw new CommandError(`${account}: the payment opened no deduction.`);
  for (const paper of papersOf(file)) await send("addEvidence", { deductionId: deduction.id, source: "Sample", ...paper });
  const researched = await send("researchDeduction", { deductionId: deduction.id }, `research { ${FOUND} }`);
  return { deduction, found: researched["research"] as Found };
}
