import type { Agreement, BilledGoods, Claim, ClaimFile, EarlierClaim, PurchaseOrder, Receiving, Shipment } from "./claim-file.ts";
import { minorFromDecimal } from "./money.ts";
import { type PackSize, type Quantity, unitKey } from "./quantity.ts";
import { DeductionReason } from "./reasons.ts";
import { Refusal } from "./refusal.ts";

/** What these papers call a reason. */
const REASONS: Readonly<Record<string, DeductionReason>> = {
  shortage: DeductionReason.SHORTAGE, short_ship: DeductionReason.SHORTAGE, wrong_item: DeductionReason.QUALITY, promo_billback: DeductionReason.PROMOTION,
  damaged: DeductionReason.DAMAGE, damage: DeductionReason.DAMAGE, spoilage: DeductionReason.DAMAGE, pricing_error: DeductionReason.PRICE, price: DeductionReason.PRICE,
  return: DeductionReason.RETURN, late_delivery: DeductionReason.FREIGHT, label_fine: DeductionReason.FREIGHT, pallet_fine: DeductionReason.FREIGHT, slotting: DeductionReason.PROMOTION,
};

/** One JSON paper of a scenario, read strictly: what is not as it should be is refused with the file and the field. */
class Paper {
  constructor(
    readonly name: string,
    private readonly content: Readonly<Record<string, unknown>>,
  ) {}

  text(field: string, fallback?: string): string {
    const value = this.content[field] ?? fallback;
    if (typeof value !== "string") throw this.wrong(field, "a text");
    return value;
  }

  day(field: string): string {
    const value = this.text(field);
    if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) throw this.wrong(field, "a day like 2026-03-31");
    return value;
  }

  whole(field: string): bigint {
    const value = this.content[field];
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) throw this.wrong(field, "a whole number");
    return BigInt(value);
  }

  quantity(of: string): Quantity {
    const value = this.content[`${of}_qty`];
    if (typeof value !== "number" || !(value >= 0) || !Number.isSafeInteger(Math.round(value * 1000))) throw this.wrong(`${of}_qty`, "a count");
    return { thousandths: BigInt(Math.round(value * 1000)), unit: unitKey(this.text(`${of}_uom`)) };
  }

  private wrong(field: string, wanted: string): Refusal {
    return new Refusal("FILE_INVALID", `${this.name}: "${field}" is ${JSON.stringify(this.content[field])}; ${wanted} was expected.`, { field: [field] });
  }
}

const claimOf = (paper: Paper): Claim => ({
  number: paper.text("claim_id"), purchaseOrder: paper.text("po_id"), reason: REASONS[paper.text("claimed_reason")] ?? DeductionReason.UNIDENTIFIED,
  minor: paper.whole("claimed_amount"), claimedOn: paper.day("claim_date"), text: paper.text("retailer_notes", ""),
});

/** An earlier claim says in words what was credited: the memo, and the amount where that is not all of it. */
function earlierOf(paper: Paper, currency: string): EarlierClaim {
  const claim = claimOf(paper);
  const document = /\b(?:credit memo|per|by)\s+([A-Z]{1,4}-?\d[\w-]*)/i.exec(claim.text)?.[1];
  const amount = /credit(?:ed)?\s+(?:of\s+)?\$\s?([\d,]+(?:\.\d+)?)/i.exec(claim.text)?.[1];
  if (!document && !amount) return { ...claim, credited: null };
  return { ...claim, credited: { minor: amount ? minorFromDecimal(amount.replaceAll(",", ""), currency) : claim.minor, document: document ?? "a credit" } };
}

const orderOf = (paper: Paper): PurchaseOrder => ({
  number: paper.text("po_id"), orderedOn: paper.day("order_date"), lines: [{ item: paper.text("sku"), quantity: paper.quantity("ordered"), unitPriceMinor: paper.whole("unit_price") }],
});
const invoiceOf = (paper: Paper): BilledGoods => ({
  number: paper.text("invoice_id"), invoicedOn: paper.day("invoice_date"), lines: [{ item: paper.text("sku"), quantity: paper.quantity("invoiced"), minor: paper.whole("amount") }],
});
const shipmentOf = (paper: Paper): Shipment => ({
  number: paper.text("asn_id"), shippedOn: paper.day("ship_date"), carrier: paper.text("carrier", "") || null, lines: [{ item: paper.text("sku"), quantity: paper.quantity("shipped") }],
});
const receivingOf = (paper: Paper): Receiving => ({
  number: paper.text("receipt_id"), receivedOn: paper.day("receipt_date"), note: paper.text("notes", ""), lines: [{ item: paper.text("sku"), quantity: paper.quantity("received") }],
});

function agreementOf(paper: Paper): Agreement {
  const percent = /(\d+(?:\.\d{1,2})?)\s*%/.exec(paper.text("discount_terms"))?.[1];
  if (!percent) throw new Refusal("FILE_INVALID", `${paper.name}: "discount_terms" states no percentage.`, { field: ["discount_terms"] });
  const basisPoints = Number(minorFromDecimal(percent, "USD"));
  return { number: paper.text("agreement_id"), code: paper.text("promo_code"), item: paper.text("sku"), basisPoints, validFrom: paper.day("valid_from"), validTo: paper.day("valid_to") };
}

/** Pack sizes as `{ item: { CASE_to_EACH: 24 } }`. */
export function packsOf(table: Readonly<Record<string, Readonly<Record<string, number>>>>): PackSize[] {
  return Object.entries(table).flatMap(([item, sizes]) =>
    Object.entries(sizes).map(([words, holds]) => {
      const [unit, of] = words.split("_to_");
      if (!unit || !of || !Number.isSafeInteger(holds) || holds < 1) throw new Refusal("FILE_INVALID", `Pack size ${words} of ${item} is not like CASE_to_EACH: 24.`);
      return { item, unit: unitKey(unit), holds, of: unitKey(of) };
    }),
  );
}

/**
 * Makes one claim file of the JSON papers of a folder, by their names: `deduction_claim`, `po`, `invoice`, and any number of
 * `asn`, `receiving_record`, `prior_claim` and `trade_agreement`. Amounts are in minor units. A claim without other papers
 * is a claim file too.
 */
export function scenarioFile(papers: Readonly<Record<string, object>>, packs: readonly PackSize[], currency: string): ClaimFile {
  const named = (kind: string): Paper[] =>
    Object.keys(papers).sort().flatMap((name) => (new RegExp(`^${kind}(_\\w+)?\\.json$`).test(name) ? [new Paper(name, papers[name] as Record<string, unknown>)] : []));
  const [claim] = named("deduction_claim");
  if (!claim) throw new Refusal("FILE_INVALID", "There is no deduction_claim.json among the papers.");
  const [order, invoice] = [named("po")[0], named("invoice")[0]];
  return {
    currency, packs, claim: claimOf(claim), earlier: named("prior_claim").map((it) => earlierOf(it, currency)), order: order ? orderOf(order) : null, invoice: invoice ? invoiceOf(invoice) : null,
    shipments: named("asn").map(shipmentOf), receivings: named("receiving_record").map(receivingOf), agreements: named("trade_agreement").map(agreementOf),
  };
}
