import { getNamedType, type GraphQLField, type GraphQLSchema, OperationTypeNode } from "graphql";
import { DEEPEST, selectionOf } from "../graphql/whole-schema.ts";
import { SHARED_BANK_FILE, SHARED_MAP, type Words } from "./seed.ts";

/** What somebody tries out: a company, ids and cursors of somebody, and words that were heard. */
export interface Facts {
  /** Code of the company to name; null leaves it out. */
  readonly code: string | null;
  /** Global ids, by type. */
  readonly ids: Readonly<Record<string, readonly string[]>>;
  /** Cursors of pages and pushes, by root field. */
  readonly cursors: Readonly<Record<string, string>>;
  readonly words: Words;
}

/** The ways to try one root field with some facts, as variables. */
type Probe = (facts: Facts) => readonly object[];

const id = ({ ids }: Facts, type: string): string | undefined => ids[type]?.[0];

/** Every way to page through a list, with cursors of somebody and alone. */
const pages = (field: string, filter: (facts: Facts) => readonly object[] = () => []): Probe => (facts) => {
  const company = facts.code;
  const cursor = facts.cursors[field];
  const filtered = filter(facts).map((it) => ({ company, ...it }));
  return [{ company, first: 20 }, ...(cursor ? [{ company, first: 20, after: cursor }, { company, last: 20, before: cursor }] : []), ...filtered];
};

const ofCustomer = (facts: Facts): readonly object[] => (facts.ids["Customer"] ?? []).map((customerId) => ({ customerId, first: 20 }));
/** Inputs about each customer of somebody, beside another one. They name no company, so that each must have the same answer when it is sent again to the own. */
const theCustomers = (facts: Facts, inputs: (customerId: string, other: string) => readonly object[]): object[] =>
  (facts.ids["Customer"] ?? []).flatMap((customerId, index, all) => inputs(customerId, all[(index + 1) % all.length]!).map((input) => ({ input })));
/** Inputs about each deduction of somebody, none of which changes it when it is sent to the own company again. */
const theDeductions = (facts: Facts, ...inputs: readonly object[]): object[] => (facts.ids["Deduction"] ?? []).flatMap((deductionId) => inputs.map((input) => ({ input: { deductionId, ...input } })));
/** Settlements that name what somebody has, and are refused in the own company because nothing is at that version. */
const foreignParts = (it: Facts): object[] =>
  [{ kind: "NETTING", creditMemoId: id(it, "CreditMemo") }, { kind: "PROMOTION", promotionId: id(it, "Promotion") }].map((part) => ({ parts: [{ ...part, amount: "0.01" }], expectedVersion: 77 }));
const ofCompany: Probe = ({ code }) => [{ company: code }];

const live = (field: string, ...filters: readonly object[]): Probe => (facts) => {
  const [company, after] = [facts.code, facts.cursors[field]];
  return [{ company, after: FROM_THE_START }, { company, after }, ...filters.map((filter) => ({ company, after: FROM_THE_START, ...filter }))];
};
const liveOfCustomer = (field: string, ...filters: readonly object[]): Probe => (facts) => [
  ...live(field, ...filters)(facts), { company: facts.code, after: FROM_THE_START, customerId: id(facts, "Customer") },
];

/** The cursor before everything that ever happened, in any company. */
const FROM_THE_START = Buffer.from("0.0.0").toString("base64url");

const cash = { amount: "3.33", currency: "USD", receivedOn: "2026-03-20" };
const bill = { currency: "USD", invoicedOn: "2026-03-01", dueOn: "2026-03-31", total: "3.33", lines: [{ description: "Goods", amount: "3.33" }] };

const claim = { amount: "3.33", currency: "USD", receivedOn: "2026-03-10" };
const memo = { currency: "USD", issuedOn: "2026-03-10", total: "1.11", lines: [{ description: "Goods", amount: "1.11" }] };

/** A probe of every root field. A new one needs a line here, which names everything of a company that it takes. */
export const PROBES: Readonly<Record<string, Probe>> = {
  "Query.node": ({ ids }) => Object.values(ids).flat().map((it) => ({ id: it })),
  "Query.viewer": () => [{}],
  "Query.apiKeys": pages("apiKeys"),
  "Query.customers": pages("customers", ({ words }) => [{ search: words.account }, { search: "SECRET" }]),
  "Query.terms": ofCompany,
  "Query.openItems": pages("openItems", ofCustomer),
  "Query.openItemDrift": ofCompany,
  "Query.invoices": pages("invoices", (it) => [...ofCustomer(it), { number: it.words.invoice }]),
  "Query.deductionTransitions": () => [{}],
  "Query.previewSettlement": (it) => theDeductions(it, ...foreignParts(it)),
  "Query.deductions": pages("deductions", (it) => [...ofCustomer(it), { customerCode: it.words.reason }]),
  "Query.reasonMappings": ofCompany,
  "Query.approvalLimits": ({ code }) => [{ company: code }, { company: code, on: "2026-12-31" }],
  "Query.disputeWindows": ofCompany,
  "Query.resolutionRules": ({ code }) => [{ company: code }, { company: code, on: "2026-12-31" }],
  "Query.moneyAtRisk": ({ code }) => [{ company: code, by: "2099-12-31", groupBy: ["CUSTOMER"] }],
  "Query.expiredUnworked": ({ code }) => [{ company: code, from: "2000-01-01", groupBy: ["CUSTOMER", "REASON", "WEEK"] }],
  "Query.deductionMeasures": ({ code }) => [{ company: code, from: "2026-01-01", to: "2026-12-31" }, { company: code, from: "2026-01-01", to: "2026-12-31", by: ["CUSTOMER", "REASON"] }],
  "Query.deductionRootCauses": ({ code }) => [{ company: code, from: "2026-01-01", to: "2026-12-31", by: "CUSTOMER" }],
  "Query.repeatOffenders": ({ code }) => [{ company: code, from: "2026-01-01", to: "2026-12-31" }],
  "Query.unearnedDiscountCampaign": ({ code }) => [{ company: code, from: "2026-01-01", to: "2026-12-31", currency: "USD" }],
  "Query.unearnedDiscountDso": ({ code }) => [{ company: code, from: "2026-01-01", to: "2026-12-31", currency: "USD" }],
  "Query.deductionAnalysts": ofCompany,
  "Query.deductionPolicy": ofCompany,
  "Query.claims": pages("claims", (it) => [...ofCustomer(it), { number: it.words.claim }]),
  "Query.standardReasonCodes": () => [{}],
  "Query.evidenceRules": ofCompany,
  "Query.bankFiles": pages("bankFiles"),
  "Query.payments": pages("payments", (it) => [...ofCustomer(it), { unidentifiedOnly: true }]),
  "Query.unearnedDiscountLetter": (it) => [
    ...(it.ids["Customer"] ?? []).map((customerId) => ({ company: it.code, customerId })), ...(it.ids["Deduction"] ?? []).map((deductionId) => ({ company: it.code, deductionIds: [deductionId] })),
  ],
  "Query.controlAccount": ({ code }) => [{ company: code }, { company: code, asOf: "2026-12-31" }],
  "Query.aging": ({ code }) => [{ company: code }, { company: code, by: "CUSTOMER", asOf: "2026-12-31" }],
  "Query.agingRows": ({ code }) => [{ company: code }],
  "Query.habitRows": ({ code }) => [{ company: code }],
  "Query.accountNumbers": ofCompany,
  "Query.creditMemos": pages("creditMemos", ofCustomer),
  "Query.debitMemos": pages("debitMemos", ofCustomer),
  "Query.journalEntries": pages("journalEntries", () => [{ account: "BANK" }]),
  "Query.journalExports": pages("journalExports"),
  "Query.periods": ofCompany,
  "Query.pastDueCustomers": pages("pastDueCustomers"),
  "Query.pastDueTotals": ofCompany,
  "Query.carriers": ofCompany,
  "Query.promotions": pages("promotions", (it) => [...ofCustomer(it), { aliveOn: "2026-03-01" }]),
  "Query.shipments": pages("shipments", (it) => [...ofCustomer(it), ...(it.ids["Invoice"] ?? []).slice(0, 2).map((invoiceId) => ({ invoiceId })), { purchaseOrder: it.words.invoice }]),
  "Query.freightClaims": pages("freightClaims", () => [{ states: ["FILED"], deadlineTo: "2027-12-31" }]),
  "Query.import": ({ ids }) => (ids["Import"] ?? []).map((it) => ({ id: it })),
  "Query.imports": pages("imports"),
  "Mutation.createCompany": ({ code, words }) => [{ input: { code: code ?? "no-code-", name: "New Inc.", functionalCurrency: "USD", administrator: words.subject } }],
  "Mutation.grantRole": ({ code, words }) => [{ input: { company: code, subject: words.subject, role: "COLLECTOR" } }, { input: { company: code, subject: words.subject, name: "Renamed", role: "BI_READER" } }],
  "Mutation.createApiKey": ({ code }) => [{ input: { company: code, name: "Tried", permissions: ["receivables:read"] } }],
  "Mutation.revokeApiKey": (it) => (it.ids["ApiKey"] ?? ["bm9uZQ"]).map((apiKeyId) => ({ input: { apiKeyId } })),
  "Mutation.createCustomer": ({ code, words }) => [
    { input: { company: code, accountNumber: words.account, name: "Tried", currency: "USD", idempotencyKey: `${words.key}createCustomer` } },
    { input: { company: code, accountNumber: `${words.account}-T`, name: "Tried", currency: "USD", termsCode: words.terms } },
  ],
  "Mutation.createTerms": ({ code, words }) => [{ input: { company: code, code: words.terms, description: "Tried", netDays: 30 } }],
  "Mutation.updateTerms": ({ code, words }) => [{ input: { company: code, code: words.terms, expectedVersion: 77, description: "Tried", netDays: 30 } }],
  "Mutation.retireTerms": ({ code, words }) => [{ input: { company: code, code: words.terms, expectedVersion: 77 } }],
  "Mutation.updateCustomer": (it) => theCustomers(it, (customerId) => [{ customerId, expectedVersion: 77, name: "Tried", termsCode: it.words.terms }]),
  "Mutation.addContact": (it) => theCustomers(it, (customerId) => [{ customerId, name: "Tried", role: "OTHER", idempotencyKey: `${it.words.key}addContact` }]),
  "Mutation.updateContact": (it) => (it.ids["Contact"] ?? []).map((contactId) => ({ input: { contactId, expectedVersion: 77, name: "Tried" } })),
  "Mutation.setParent": (it) => theCustomers(it, (customerId, other) => [{ customerId, parentId: other, effectiveOn: "2026-02-01" }, { customerId, effectiveOn: "2026-02-01" }]),
  "Mutation.addPayingRelationship": (it) =>
    theCustomers(it, (customerId, other) => [{ payerId: other, customerId, startsOn: "2026-03-01", idempotencyKey: `${it.words.key}addPayingRelationship` }]),
  "Mutation.endPayingRelationship": (it) => (it.ids["PayingRelationship"] ?? []).map((payingRelationshipId) => ({ input: { payingRelationshipId, endsOn: "2020-01-01" } })),
  "Mutation.setCreditLimit": (it) => theCustomers(it, (customerId) => [{ customerId, currency: "USD", amount: "3.33", idempotencyKey: `${it.words.key}setCreditLimit` }]),
  "Mutation.setWriteOffTolerance": (it) => [
    { input: { company: it.code, currency: "JPY", amount: "3" } },
    ...theCustomers(it, (customerId) => [{ customerId, currency: "USD", amount: "3.33", idempotencyKey: `${it.words.key}setWriteOffTolerance` }]),
  ],
  "Mutation.setUnearnedDiscountPolicy": (it) => [
    { input: { company: it.code, rule: "OPEN_DEDUCTION", effectiveOn: "2031-01-01" } },
    ...theCustomers(it, (customerId) => [{ customerId, rule: "ALLOW", limit: "3.33", limitCurrency: "USD", effectiveOn: "2031-01-01", idempotencyKey: `${it.words.key}setUnearnedDiscountPolicy` }]),
  ],
  "Mutation.placeHold": (it) =>
    theCustomers(it, (customerId) => [{ customerId, scope: "ORDERS", reason: "Tried", idempotencyKey: `${it.words.key}placeHold` }]),
  "Mutation.releaseHold": (it) => (it.ids["Hold"] ?? []).map((holdId) => ({ input: { holdId, releasedOn: "2020-01-01", note: "Tried" } })),
  "Mutation.agreeArrangement": ({ code, words }) => [
    { input: { company: code, account: words.account, kind: "EXTENDED_TERMS", effectiveFrom: "2031-01-01", approver: "Tried", netDays: 60, idempotencyKey: `${words.key}agreeArrangement` } },
    { input: { company: code, account: "S-1", kind: "EXTENDED_TERMS", effectiveFrom: "2031-01-01", approver: "Tried", termsCode: words.terms } },
  ],
  "Mutation.endArrangement": (it) => (it.ids["Arrangement"] ?? []).map((arrangementId) => ({ input: { arrangementId, endsOn: "1990-01-01", note: "Tried" } })),
  "Mutation.rebuildOpenItems": ({ code }) => [{ input: { company: code } }],
  "Mutation.issueInvoice": ({ code, words }) => [
    { input: { company: code, account: words.account, number: words.invoice, ...bill, idempotencyKey: `${words.key}issueInvoice` } },
    { input: { company: code, account: "S-1", number: `${words.invoice}-T`, ...bill, dueOn: null, termsCode: words.terms } },
  ],
  "Mutation.issueCreditMemo": ({ code, words }) => [
    { input: { company: code, account: words.account, number: `${words.invoice}-C`, invoice: words.invoice, ...memo, reason: "PRICE" } },
    { input: { company: code, account: "S-1", number: `${words.invoice}-C2`, ...memo, reason: "PRICE", idempotencyKey: `${words.key}issueCreditMemo` } },
  ],
  "Mutation.issueDebitMemo": ({ code, words }) => [
    { input: { company: code, account: words.account, number: `${words.invoice}-D`, invoice: words.invoice, ...memo, reason: "PRICE_CORRECTION" } },
  ],
  "Mutation.applyCredit": (it) => (it.ids["CreditMemo"] ?? []).map((creditMemoId) => ({ input: { creditMemoId, lines: (it.ids["Invoice"] ?? []).slice(0, 1).map((documentId) => ({ documentId })) } })),
  "Mutation.refundCredit": (it) => (it.ids["CreditMemo"] ?? []).map((creditMemoId) => ({ input: { creditMemoId, note: "Tried", expectedVersion: 77 } })),
  "Mutation.moveToBadDebt": (it) => (it.ids["DebitMemo"] ?? []).map((debitMemoId) => ({ input: { debitMemoId, note: "Tried", expectedVersion: 77 } })),
  "Mutation.undoClearing": (it) => (it.ids["MemoClearing"] ?? ["bm9uZQ"]).map((clearingId) => ({ input: { clearingId, note: "" } })),
  "Mutation.closePeriod": ({ code }) => [{ input: { company: code, from: "1901-01-01", to: "1901-01-31" } }],
  "Mutation.reopenPeriod": (it) => (it.ids["Period"] ?? it.ids["AccountingPeriod"] ?? ["bm9uZQ"]).map((periodId) => ({ input: { periodId } })),
  "Mutation.setClosedPeriodPolicy": ({ code }) => [{ input: { company: code, postIntoClosedPeriod: "REFUSE" } }],
  "Mutation.enterOpeningBalance": ({ code, words }) => [
    { input: { company: code, takenOverOn: "2026-01-01", items: [{ account: words.account, number: words.invoice, currency: "USD", original: "3.33", open: "3.33", issuedOn: "2025-12-01" }] } },
  ],
  "Mutation.exportJournal": ({ code }) => [{ input: { company: code, to: "1900-12-31" } }],
  "Mutation.mapAccount": ({ code, words }) => [{ input: { company: code, account: "BANK", number: `${words.account}-BANK` } }],
  "Mutation.mapReason": ({ code, words }) => [
    { input: { company: code, account: words.account, customerCode: words.reason, reason: "FREIGHT", effectiveFrom: "2026-01-01" } },
    { input: { company: code, customerCode: words.reason, reason: "FREIGHT", effectiveFrom: "2026-01-01" } },
  ],
  "Mutation.setApprovalLimit": ({ code }) => [{ input: { company: code, role: "CONTROLLER", currency: "JPY", amount: "3" } }],
  "Mutation.approveDeductions": (it) => [{ input: { deductionIds: it.ids["Deduction"] ?? [] } }, { input: { deductionIds: (it.ids["Deduction"] ?? []).slice(0, 1), note: "Tried" } }],
  "Mutation.setResolutionRule": ({ code, words, ids }) => [
    { input: { company: code, key: "tried", kind: "DUPLICATE", position: 9, currency: "JPY", account: words.account, reason: "TAX", effectiveOn: "2199-01-01" } },
    { input: { company: code, key: "tried", kind: "ROUTE", position: 9, currency: "JPY", ownerId: ids["Member"]?.[0] ?? "none", effectiveOn: "2199-01-01" } },
  ],
  "Mutation.retireResolutionRule": ({ code, words }) => [{ input: { company: code, key: words.rule, effectiveOn: "2199-01-01" } }],
  "Mutation.applyResolutionRules": (it) => [{ input: { deductionIds: it.ids["Deduction"] ?? [] } }, { input: { deductionIds: (it.ids["Deduction"] ?? []).slice(0, 1) } }],
  "Mutation.setDisputeWindows": ({ code, words }) => [
    { input: { company: code, windows: [{ account: words.account, customerCode: words.reason, days: 30 }, { account: "no such account", days: 30 }] } },
    { input: { company: code, windows: [{ reason: "FREIGHT", days: 0 }] } },
  ],
  "Mutation.recordClaim": ({ code, words }) => [
    { input: { company: code, account: words.account, number: words.claim, ...claim, idempotencyKey: `${words.key}recordClaim` } },
    { input: { company: code, account: "S-1", number: `${words.claim}-2`, invoices: [words.invoice], customerCode: words.reason, ...claim } },
  ],
  "Mutation.loadClaimFile": (it) => [
    { input: { company: it.code, account: it.words.account, name: "tried.csv", format: "CSV", content: `claim,invoice,order,code,text,item,quantity,unit,price,amount\n${it.words.claim},,,,,,,,,3.33\n` } },
    { input: { company: it.code, account: "S-1", name: "tried.csv", format: "CSV", fileId: id(it, "File") } },
  ],
  "Mutation.recordDispute": (it) => (it.ids["Invoice"] ?? []).map((invoiceId) => ({ input: { invoiceId, amount: "0.01", receivedOn: "2026-03-10" } })),
  "Mutation.withdrawClaim": (it) => (it.ids["Claim"] ?? []).map((claimId) => ({ input: { claimId, note: "" } })),
  "Mutation.noteClaim": (it) => (it.ids["Claim"] ?? []).map((claimId) => ({ input: { claimId, note: "Tried" } })),
  "Mutation.matchClaim": (it) => (it.ids["Claim"] ?? []).map((claimId) => ({ input: { claimId, deductionId: id(it, "Deduction") } })),
  "Mutation.unmatchClaim": (it) => (it.ids["Claim"] ?? []).map((claimId) => ({ input: { claimId, deductionId: id(it, "Deduction"), note: "Tried" } })),
  "Mutation.correctReason": (it) => theDeductions(it, { reason: "PRICE", expectedVersion: 77 }, { reason: "PRICE", learn: true, expectedVersion: 77 }),
  "Mutation.addEvidence": (it) => theDeductions(it, { kind: "POD", reference: "Tried", fileId: id(it, "File"), expectedVersion: 77 }),
  "Mutation.withdrawEvidence": (it) => (it.ids["Evidence"] ?? []).map((evidenceId) => ({ input: { evidenceId, note: "" } })),
  "Mutation.setEvidenceRule": (it) => [{ input: { company: it.code, reason: "TAX", needs: [{ anyOf: ["EMAIL"] }], effectiveOn: "2031-01-01" } }, ...theCustomers(it, (customerId) => [{ customerId, reason: "TAX", needs: [], effectiveOn: "2031-01-01" }])],
  "Mutation.researchDeduction": (it) => theDeductions(it, { expectedVersion: 77 }),
  "Mutation.writeDenialPacket": (it) => theDeductions(it, { reasoning: "Tried", expectedVersion: 77 }),
  "Mutation.recordDenialAnswer": (it) => (it.ids["DenialPacket"] ?? []).map((packetId) => ({ input: { packetId, answer: "ASKED", note: "" } })),
  "Mutation.workDeduction": (it) => theDeductions(it, { step: "VOID", note: "" }, { step: "TAKE_UP", expectedVersion: 77 }),
  "Mutation.noteDeduction": (it) => theDeductions(it, { note: "Tried", expectedVersion: 77 }),
  "Mutation.setDeductionPolicy": ({ code }) => [{ input: { company: code, slaDays: 0 } }],
  "Mutation.tellDeadlines": ({ code }) => [{ input: { company: code } }],
  "Mutation.assignDeduction": (it) => theDeductions(it, { ownerId: id(it, "Member"), expectedVersion: 77 }, { ownerId: id(it, "Member"), note: "x".repeat(10_001) }),
  "Mutation.escalateDeduction": (it) => theDeductions(it, { level: "LEGAL", note: "Tried", expectedVersion: 77 }),
  "Mutation.deescalateDeduction": (it) => theDeductions(it, { note: "Tried", expectedVersion: 77 }),
  "Mutation.decideDeduction": (it) => theDeductions(it, { validAmount: "0.01", note: "Tried", expectedVersion: 77 }),
  "Mutation.splitDeduction": (it) => theDeductions(it, { note: "Tried", parts: [{ amount: "0.01" }] }),
  "Mutation.mergeDeductions": (it) => [{ input: { deductionIds: it.ids["Deduction"] ?? [], note: "" } }],
  "Mutation.settleDeduction": (it) => theDeductions(it, ...foreignParts(it)),
  "Mutation.undoSettlement": (it) => (it.ids["DeductionSettlement"] ?? []).map((settlementId) => ({ input: { settlementId, note: "" } })),
  "Mutation.saveCarrier": ({ code, words }) => [{ input: { company: code, code: `${words.account}-C`, name: "Tried" } }],
  "Mutation.recordPromotion": (it) => [
    { input: { company: it.code, account: it.words.account, code: `${it.words.invoice}-P`, description: "Tried", validFrom: "2026-03-02", validTo: "2026-03-01", currency: "USD", accrued: "3.33" } },
    { input: { company: it.code, account: it.words.account, code: it.words.promotion, description: "Tried", validFrom: "2026-03-01", validTo: "2026-03-01", currency: "USD", accrued: "3.33", idempotencyKey: `${it.words.key}recordPromotion` } },
  ],
  "Mutation.recordShipment": (it) => [{ input: { company: it.code, account: it.words.account, number: `${it.words.invoice}-S`, carrier: `${it.words.account}-X`, invoice: it.words.invoice, shippedOn: "2026-03-02", idempotencyKey: `${it.words.key}recordShipment` } }],
  "Mutation.recordDelivery": (it) => (it.ids["Shipment"] ?? []).map((shipmentId) => ({ input: { shipmentId, deliveredOn: "1990-01-01" } })),
  "Mutation.openFreightClaim": (it) => (it.ids["Shipment"] ?? []).map((shipmentId) => ({ input: { shipmentId, deductionId: id(it, "Deduction"), number: `${it.words.invoice}-F`, finding: "Tried", amount: "0.00", currency: "USD", idempotencyKey: `${it.words.key}openFreightClaim` } })),
  "Mutation.stepFreightClaim": (it) => (it.ids["FreightClaim"] ?? []).map((freightClaimId) => ({ input: { freightClaimId, action: "CLOSE", note: "Tried", expectedVersion: 77 } })),
  "Mutation.recordCarrierPayment": (it) => (it.ids["FreightClaim"] ?? []).map((freightClaimId) => ({ input: { freightClaimId, amount: "0.01", expectedVersion: 77 } })),
  "Mutation.loadBankFile": (it) => [
    { input: { company: it.code, name: "tried.bai", format: "BAI2", content: SHARED_BANK_FILE } },
    { input: { company: it.code, name: "tried.bai", format: "BAI2", fileId: id(it, "File") } },
    { input: { company: it.code, name: "tried.bai", format: "BAI2", content: SHARED_BANK_FILE, remittances: [{ name: "advice.csv", fileId: id(it, "File") }] } },
  ],
  "Mutation.recordPayment": ({ code, words }) => [
    { input: { company: code, ...cash, idempotencyKey: `${words.key}recordPayment` } },
    { input: { company: code, ...cash, account: words.account, lines: [{ reference: words.invoice, net: "3.33" }] } },
    { input: { company: code, ...cash, account: "S-1", lines: [{ reference: words.invoice, gross: "4.33", deduction: "1.00", net: "3.33", customerCode: words.reason }] } },
  ],
  "Mutation.applyPayment": (it) => (it.ids["Payment"] ?? []).flatMap((paymentId) => [
    { input: { paymentId, lines: [{ reference: it.words.invoice, net: "1.00" }], idempotencyKey: `${it.words.key}applyPayment` } },
    { input: { paymentId, expectedVersion: 77, lines: [{ reference: "SHARED-1" }] } },
  ]),
  "Mutation.importBook": (it) => [{ input: { company: it.code, fileId: id(it, "File"), map: SHARED_MAP } }],
  "Subscription.invoiceChanged": liveOfCustomer("invoiceChanged", { minimum: { amount: "0.01", currency: "USD" } }),
  "Subscription.deductionOpened": liveOfCustomer("deductionOpened", { reason: "PRICE" }),
  "Subscription.deductionChanged": (it) => [...liveOfCustomer("deductionChanged", { reason: "PRICE" }, { actions: ["NOTE"] })(it), { company: it.code, after: FROM_THE_START, ownerId: id(it, "Member") }],
  "Subscription.deductionTimeline": (it) => [...liveOfCustomer("deductionTimeline")(it), ...(it.ids["Deduction"] ?? []).map((deductionId) => ({ company: it.code, after: FROM_THE_START, deductionId }))],
  "Subscription.deductionDeadlineNear": liveOfCustomer("deductionDeadlineNear", { reason: "PRICE" }),
  "Subscription.claimRecorded": liveOfCustomer("claimRecorded", { minimum: { amount: "0.01", currency: "USD" } }),
  "Subscription.paymentReceived": liveOfCustomer("paymentReceived"),
  "Subscription.paymentApplied": liveOfCustomer("paymentApplied"),
  "Subscription.customerChanged": liveOfCustomer("customerChanged", { about: ["HOLDS", "ARRANGEMENTS"] }),
  "Subscription.termsChanged": live("termsChanged"),
  "Subscription.creditMemoIssued": liveOfCustomer("creditMemoIssued", { reason: "PRICE" }, { minimum: { amount: "0.01", currency: "USD" } }),
  "Subscription.creditApplied": liveOfCustomer("creditApplied"),
  "Subscription.debitMemoIssued": liveOfCustomer("debitMemoIssued"),
  "Subscription.importFinished": live("importFinished"),
};

/** A root field of the schema, such as `Query.node`. */
export interface RootField {
  readonly path: string;
  readonly operation: OperationTypeNode;
  readonly field: GraphQLField<unknown, unknown>;
}

/** Every root field that the schema has. */
export function rootFields(schema: GraphQLSchema): RootField[] {
  return Object.values(OperationTypeNode).flatMap((operation) => {
    const type = schema.getRootType(operation);
    return type ? Object.values(type.getFields()).map((field) => ({ path: `${type.name}.${field.name}`, operation, field })) : [];
  });
}

/** How deep answers are asked for; the socket takes smaller messages than HTTP. */
const LEVELS = { query: 5, mutation: 4, subscription: 4 };

/** Documents that were written before, by what they ask. The schemas of one run are one and the same. */
const written = new Map<string, string>();

/** An operation on one root field that takes these arguments as variables and asks for everything, some levels deep. */
export function documentOf(schema: GraphQLSchema, root: RootField, args: readonly string[]): string {
  const asked = [root.path, ...args].join(" ");
  let document = written.get(asked);
  if (document === undefined) written.set(asked, (document = writeDocument(schema, root, args)));
  return document;
}

function writeDocument(schema: GraphQLSchema, { operation, field }: RootField, args: readonly string[]): string {
  const taken = field.args.filter(({ name }) => args.includes(name));
  const declared = taken.map(({ name, type }) => `$${name}: ${String(type)}`).join(", ");
  const passed = taken.map(({ name }) => `${name}: $${name}`).join(", ");
  const above = Array.from({ length: DEEPEST - LEVELS[operation] }, () => "above");
  return `${operation} Probe${declared && `(${declared})`} { ${field.name}${passed && `(${passed})`} ${selectionOf(schema, getNamedType(field.type), above)} }`;
}
