import { claimById } from "./claims/claim.loader.ts";
import { claimOf } from "./claims/claim.type.ts";
import { companyById } from "./companies/company.loader.ts";
import { companyOf } from "./companies/company.type.ts";
import { arrangementById } from "./customers/arrangement.loader.ts";
import { arrangementOf } from "./customers/arrangement.type.ts";
import { customerById } from "./customers/customer.loader.ts";
import { customerOf } from "./customers/customer.type.ts";
import { termsById } from "./customers/terms.loader.ts";
import { termsOf } from "./customers/terms.type.ts";
import { deductionById } from "./deductions/deduction.loader.ts";
import { deductionOf } from "./deductions/deduction.type.ts";
import { freightClaimOf } from "./freight/freight-claim.type.ts";
import { carrierById, freightClaimById, shipmentById } from "./freight/freight.loader.ts";
import { carrierOf, shipmentOf } from "./freight/shipment.type.ts";
import type { Loader } from "./graphql/loader.ts";
import type { Node, NodeFetcher } from "./graphql/node.ts";
import { importById } from "./imports/import.loader.ts";
import { importOf } from "./imports/import.type.ts";
import { invoiceById } from "./invoices/invoice.loader.ts";
import { invoiceOf } from "./invoices/invoice.type.ts";
import { memoById } from "./memos/memo.loader.ts";
import { periodById } from "./ledger/period.loader.ts";
import { periodOf } from "./ledger/period.type.ts";
import { creditMemoOf, debitMemoOf } from "./memos/memo.type.ts";
import { applicationById, openItemById } from "./openitems/open-item.loader.ts";
import { applicationOf, openItemOf } from "./openitems/open-item.type.ts";
import { bankFileById, bankLineById } from "./payments/bank-file.loader.ts";
import { bankFileOf, bankLineOf } from "./payments/bank-file.type.ts";
import { paymentById } from "./payments/payment.loader.ts";
import { paymentOf } from "./payments/payment.type.ts";
import { promotionById } from "./promotions/promotion.loader.ts";
import { promotionOf } from "./promotions/promotion.type.ts";

/** A fetcher of what a loader finds, in its public shape. */
function fetcher<Row>(loader: Loader<Row>, shape: (row: Row) => Node): NodeFetcher {
  return async (context, companyId, key) => {
    const row = await context.load(loader, companyId, key);
    return row && shape(row);
  };
}

/** How to fetch everything that has an id, by type name. */
export const nodes: ReadonlyMap<string, NodeFetcher> = new Map([
  ["AccountingPeriod", fetcher(periodById, periodOf)],
  ["Application", fetcher(applicationById, applicationOf)],
  ["Arrangement", fetcher(arrangementById, arrangementOf)],
  ["BankFile", fetcher(bankFileById, bankFileOf)],
  ["BankLine", fetcher(bankLineById, bankLineOf)],
  ["Carrier", fetcher(carrierById, carrierOf)],
  ["Claim", fetcher(claimById, claimOf)],
  ["Company", fetcher(companyById, companyOf)],
  ["CreditMemo", fetcher(memoById, creditMemoOf)],
  ["Customer", fetcher(customerById, customerOf)],
  ["DebitMemo", fetcher(memoById, debitMemoOf)],
  ["Deduction", fetcher(deductionById, deductionOf)],
  ["FreightClaim", fetcher(freightClaimById, freightClaimOf)],
  ["Import", fetcher(importById, importOf)],
  ["Invoice", fetcher(invoiceById, invoiceOf)],
  ["OpenItem", fetcher(openItemById, openItemOf)],
  ["Payment", fetcher(paymentById, paymentOf)],
  ["Promotion", fetcher(promotionById, promotionOf)],
  ["Shipment", fetcher(shipmentById, shipmentOf)],
  ["Terms", fetcher(termsById, termsOf)],
]);
