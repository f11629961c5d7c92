import { DeductionReason } from "../domain/reasons.ts";
import { type CustomerCode, type DemoCustomer, RETAIL_REASONS } from "./customers.ts";
import type { DemoInvoice } from "./invoices.ts";
import type { Random } from "./random.ts";

/** What a customer takes off an invoice. Without a code it says nothing of why. */
export interface ShortPay {
  readonly minor: number;
  readonly code: string | null;
}

/** A code that nobody has told the company the meaning of. */
const UNKNOWN_CODE = "ZZ7";
const OFTEN = RETAIL_REASONS.slice(0, 4);

/** What a retailer takes off the invoice on which it takes something off for the nth time. */
export function retailShortPay({ codes }: DemoCustomer, invoice: DemoInvoice, nth: number, random: Random): ShortPay {
  if (nth % 11 === 5) return { minor: shortfall(DeductionReason.UNIDENTIFIED, invoice, random), code: random.chance(0.5) ? UNKNOWN_CODE : null };
  const often = random.pick(OFTEN);
  const own = nth % 2 === 1 ? codes[(nth >> 1) % codes.length]! : codes.find(({ reason }) => reason === often)!;
  return { minor: shortfall(own.reason, invoice, random), code: own.code };
}

/** What an ordinary customer takes off now and then. */
export const commonShortPay = ({ code, reason }: CustomerCode, invoice: DemoInvoice, random: Random): ShortPay => ({ code, minor: shortfall(reason, invoice, random) });

/** How much is taken off for a reason, at most two fifths of the invoice. */
function shortfall(reason: DeductionReason, { lines, freightMinor, totalMinor }: DemoInvoice, random: Random): number {
  const { cases, price } = random.pick(lines);
  const share = (percent: number): number => Math.round((cases * price * percent) / 100);
  const asked = ((): number => {
    switch (reason) {
      case "PRICE": return cases * random.whole(20, 75);
      case "PROMOTION": return share(random.whole(4, 10));
      case "UNIT_PER_CASE": return share(8);
      case "FREIGHT": return freightMinor || 4_500;
      case "TAX": return share(2);
      case "BANK_FEE": return random.whole(15, 35) * 100;
      default: return Math.min(cases, random.whole(1, 5)) * price;
    }
  })();
  return Math.max(100, Math.min(asked, Math.floor(totalMinor * 0.4)));
}
