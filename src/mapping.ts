import { Companies1780000001000 } from "../migrations/1780000001000-companies.ts";
import { EventLog1780000002000 } from "../migrations/1780000002000-event-log.ts";
import { Customers1780000003000 } from "../migrations/1780000003000-customers.ts";
import { Ledger1780000004000 } from "../migrations/1780000004000-ledger.ts";
import { OpenItems1780000005000 } from "../migrations/1780000005000-open-items.ts";
import { Documents1780000006000 } from "../migrations/1780000006000-documents.ts";
import { Files1780000007000 } from "../migrations/1780000007000-files.ts";
import { Terms1780000010000 } from "../migrations/1780000010000-terms.ts";
import { CustomersInFull1780000011000 } from "../migrations/1780000011000-customers-in-full.ts";
import { ImportSkips1780000011100 } from "../migrations/1780000011100-import-skips.ts";
import { ApiKeys1780000013000 } from "../migrations/1780000013000-api-keys.ts";
import { ChangingAgreements1780000016000 } from "../migrations/1780000016000-changing-agreements.ts";
import { GracedInvoices1780000016100 } from "../migrations/1780000016100-graced-invoices.ts";
import { JournalPaging1780000016200 } from "../migrations/1780000016200-journal-paging.ts";
import { Memos1780000012000 } from "../migrations/1780000012000-memos.ts";
import { Periods1780000012100 } from "../migrations/1780000012100-periods.ts";
import { JournalExports1780000012200 } from "../migrations/1780000012200-journal-exports.ts";
import { Tolerances1780000015000 } from "../migrations/1780000015000-tolerances.ts";
import { CreditsInAdvice1780000015100 } from "../migrations/1780000015100-credits-in-advice.ts";
import { DeductionCases1780000020000 } from "../migrations/1780000020000-deduction-cases.ts";
import { BehindDeductions1780000021000 } from "../migrations/1780000021000-behind-deductions.ts";
import { ReasonsAndCapture1780000022000 } from "../migrations/1780000022000-reasons-and-capture.ts";
import { Claims1780000022100 } from "../migrations/1780000022100-claims.ts";
import { InvoicesByOrder1780000022200 } from "../migrations/1780000022200-invoices-by-order.ts";
import { ClaimFiles1780000022300 } from "../migrations/1780000022300-claim-files.ts";
import { KeptFiles1780000023000 } from "../migrations/1780000023000-kept-files.ts";
import { Evidence1780000023100 } from "../migrations/1780000023100-evidence.ts";
import { EvidenceRules1780000023200 } from "../migrations/1780000023200-evidence-rules.ts";
import { DeductionResearch1780000023300 } from "../migrations/1780000023300-deduction-research.ts";
import { Denials1780000023400 } from "../migrations/1780000023400-denials.ts";
import { DisputeWindows1780000024000 } from "../migrations/1780000024000-dispute-windows.ts";
import { WorkLists1780000024100 } from "../migrations/1780000024100-work-lists.ts";
import { DeductionPolicies1780000024200 } from "../migrations/1780000024200-deduction-policies.ts";
import { DeductionMeasures1780000024300 } from "../migrations/1780000024300-deduction-measures.ts";
import { Freight1780000025000 } from "../migrations/1780000025000-freight.ts";
import { ResolutionRules1780000026000 } from "../migrations/1780000026000-resolution-rules.ts";
import { UnearnedDiscounts1780000027000 } from "../migrations/1780000027000-unearned-discounts.ts";
import { DeductionParts1780000028000 } from "../migrations/1780000028000-deduction-parts.ts";
import { MemoClearings1780000029000 } from "../migrations/1780000029000-memo-clearings.ts";
import { Promotions1780000030000 } from "../migrations/1780000030000-promotions.ts";
import { PromotionRules1780000030100 } from "../migrations/1780000030100-promotion-rules.ts";
import { Company } from "./companies/company.entity.ts";
import { Customer } from "./customers/customer.entity.ts";
import type { Mapping } from "./db/data-source.ts";

/** The rows and the steps that every database of this product has. */
export const mapping: Mapping = {
  entities: [Company, Customer],
  migrations: [
    Companies1780000001000, EventLog1780000002000, Customers1780000003000, Ledger1780000004000,
    OpenItems1780000005000, Documents1780000006000, Files1780000007000,
    Terms1780000010000, CustomersInFull1780000011000, ImportSkips1780000011100, Memos1780000012000, Periods1780000012100, JournalExports1780000012200,
    ApiKeys1780000013000, Tolerances1780000015000, CreditsInAdvice1780000015100,
    ChangingAgreements1780000016000, GracedInvoices1780000016100, JournalPaging1780000016200, DeductionCases1780000020000, BehindDeductions1780000021000,
    ReasonsAndCapture1780000022000, Claims1780000022100, InvoicesByOrder1780000022200, ClaimFiles1780000022300,
    KeptFiles1780000023000, Evidence1780000023100, EvidenceRules1780000023200, DeductionResearch1780000023300,
    Denials1780000023400,
    DisputeWindows1780000024000, WorkLists1780000024100, DeductionPolicies1780000024200, DeductionMeasures1780000024300, Freight1780000025000,
    ResolutionRules1780000026000, UnearnedDiscounts1780000027000, DeductionParts1780000028000, MemoClearings1780000029000, Promotions1780000030000, PromotionRules1780000030100,
  ],
};
