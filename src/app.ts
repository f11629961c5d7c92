import { buildSchema } from "type-graphql";
import type { GraphQLSchema } from "graphql";
import type { Database } from "./db/database.ts";
import type { Actor } from "./domain/actor.ts";
import { Tail } from "./live/tail.ts";
import { mayDo } from "./graphql/auth.ts";
import { Context } from "./graphql/context.ts";
import { type ErrorLog, logToConsole } from "./graphql/errors.ts";
import { CompiledExecutor } from "./graphql/executor.ts";
import { DEFAULT_LIMITS, type Limits } from "./graphql/limits.ts";
import type { SignedIn } from "./graphql/live-socket.ts";
import { resolveNodesAtOnce } from "./graphql/node.ts";
import { NodeResolver } from "./graphql/node.resolver.ts";
import { Pushes } from "./graphql/pushes.ts";
import { RateLimit } from "./graphql/rate-limit.ts";
import { ApiKeyResolver } from "./companies/api-key.resolver.ts";
import { ApiKeyService } from "./companies/api-key.service.ts";
import { CompanyResolver } from "./companies/company.resolver.ts";
import { CompanyService } from "./companies/company.service.ts";
import { companyIdByCode } from "./companies/company.sql.ts";
import { IdentityProvider, type Provider } from "./companies/identity-provider.ts";
import { SignIn } from "./companies/sign-in.ts";
import { Tokens } from "./companies/tokens.ts";
import { FileService } from "./files/file.service.ts";
import { CustomerResolver } from "./customers/customer.resolver.ts";
import { CustomerService } from "./customers/customer.service.ts";
import { ContactResolver } from "./customers/contact.resolver.ts";
import { ContactService } from "./customers/contact.service.ts";
import { CreditResolver } from "./customers/credit.resolver.ts";
import { CreditService } from "./customers/credit.service.ts";
import { MasterDataResolver } from "./customers/master-data.resolver.ts";
import { MasterDataService } from "./customers/master-data.service.ts";
import { CustomerPlaceResolver, PayingRelationshipResolver, RelationshipResolver } from "./customers/relationship.resolver.ts";
import { CustomerNewsResolver } from "./customers/customer-news.resolver.ts";
import { RelationshipService } from "./customers/relationship.service.ts";
import { ArrangementResolver, CustomerArrangementsResolver } from "./customers/arrangement.resolver.ts";
import { ArrangementService } from "./customers/arrangement.service.ts";
import { TermsResolver } from "./customers/terms.resolver.ts";
import { TermsService } from "./customers/terms.service.ts";
import { CompanyToleranceResolver, CustomerToleranceResolver } from "./customers/tolerance.resolver.ts";
import { ToleranceService } from "./customers/tolerance.service.ts";
import { CompanyUnearnedPolicyResolver, CustomerUnearnedPolicyResolver } from "./customers/unearned-policy.resolver.ts";
import { UnearnedPolicyService } from "./customers/unearned-policy.service.ts";
import { JournalExportService } from "./ledger/journal-export.service.ts";
import { JournalEntryResolver, JournalExportResolver } from "./ledger/journal.resolver.ts";
import { PeriodResolver } from "./ledger/period.resolver.ts";
import { PeriodService } from "./ledger/period.service.ts";
import { ApplicationCustomerResolver, OpenItemResolver } from "./openitems/open-item.resolver.ts";
import { CustomerOpenItemsResolver } from "./openitems/customer-open-items.resolver.ts";
import { CustomerCreditResolver } from "./openitems/customer-credit.resolver.ts";
import { RebuildResolver } from "./openitems/rebuild.resolver.ts";
import { RebuildService } from "./openitems/rebuild.service.ts";
import { ApplicationInvoiceResolver, CustomerInvoicesResolver } from "./invoices/invoice-links.resolver.ts";
import { InvoiceResolver } from "./invoices/invoice.resolver.ts";
import { InvoiceService } from "./invoices/invoice.service.ts";
import { ApplicationMemosResolver, CustomerMemosResolver, InvoiceMemosResolver } from "./memos/memo-links.resolver.ts";
import { CreditMemoResolver, DebitMemoResolver } from "./memos/memo.resolver.ts";
import { MemoNewsResolver } from "./memos/memo-news.resolver.ts";
import { CreditMemoClearingResolver, DebitMemoClearingResolver } from "./memos/clearing.resolver.ts";
import { ClearingService } from "./memos/clearing.service.ts";
import { MemoService } from "./memos/memo.service.ts";
import { CustomerPromotionsResolver, PromotionResolver } from "./promotions/promotion.resolver.ts";
import { PromotionService } from "./promotions/promotion.service.ts";
import { ApplicationDeductionResolver, CustomerDeductionsResolver, InvoiceDeductionsResolver } from "./deductions/deduction-links.resolver.ts";
import { CaseNewsResolver } from "./deductions/case-news.resolver.ts";
import { DeductionCaseResolver } from "./deductions/case.resolver.ts";
import { followDebits } from "./deductions/repayment.ts";
import { CaseService } from "./deductions/case.service.ts";
import { DeductionApprovalResolver } from "./deductions/approval.resolver.ts";
import { ApprovalService } from "./deductions/approval.service.ts";
import { ApprovalLimitResolver } from "./deductions/limit.resolver.ts";
import { LimitService } from "./deductions/limit.service.ts";
import { DeductionResolver } from "./deductions/deduction.resolver.ts";
import { CorrectionService } from "./deductions/reason-correction.service.ts";
import { ReasonResolver } from "./deductions/reason.resolver.ts";
import { ReasonService } from "./deductions/reason.service.ts";
import { SettlementPromotionResolver } from "./deductions/settlement-promotion.resolver.ts";
import { SettlementService } from "./deductions/settlement.service.ts";
import { AssignmentResolver } from "./deadlines/assignment.resolver.ts";
import { AssignmentService } from "./deadlines/assignment.service.ts";
import { DeadlineNewsResolver } from "./deadlines/deadline-news.resolver.ts";
import { DeadlineWatch } from "./deadlines/deadline-watch.service.ts";
import { CaseTimesResolver, PolicyResolver } from "./deadlines/policy.resolver.ts";
import { PolicyService } from "./deadlines/policy.service.ts";
import { DisputeWindowResolver, CaseDeadlineResolver } from "./deadlines/dispute-window.resolver.ts";
import { DisputeWindowService } from "./deadlines/dispute-window.service.ts";
import { CustomerClaimsResolver, DeductionClaimResolver, InvoiceClaimsResolver } from "./claims/claim-links.resolver.ts";
import { ClaimResolver } from "./claims/claim.resolver.ts";
import { ClaimFileResolver } from "./claims/claim-file.resolver.ts";
import { ClaimFileService } from "./claims/claim-file.service.ts";
import { DeductionContractResolver } from "./claims/contract.resolver.ts";
import { ClaimService } from "./claims/claim.service.ts";
import { DeductionEvidenceResolver, EvidenceFileResolver } from "./evidence/evidence.resolver.ts";
import { EvidenceService } from "./evidence/evidence.service.ts";
import { DeductionDenialResolver, DenialPacketFileResolver } from "./evidence/denial.resolver.ts";
import { DenialService } from "./evidence/denial.service.ts";
import { CustomerDeductionHistoryResolver } from "./evidence/history.resolver.ts";
import { DeductionReadinessResolver } from "./evidence/readiness.resolver.ts";
import { ReadinessService } from "./evidence/readiness.service.ts";
import { DeductionResearchResolver } from "./evidence/research.resolver.ts";
import { ResearchService } from "./evidence/research.service.ts";
import { AutoResolutionResolver } from "./rules/hit.resolver.ts";
import { ResolutionService } from "./rules/resolution.service.ts";
import { ResolutionRuleResolver } from "./rules/rule.resolver.ts";
import { RuleService } from "./rules/rule.service.ts";
import { DeductionFreightClaimsResolver, FreightClaimResolver } from "./freight/freight-claim.resolver.ts";
import { FreightClaimService } from "./freight/freight-claim.service.ts";
import { InvoiceShipmentsResolver, ShipmentResolver } from "./freight/shipment.resolver.ts";
import { ShipmentService } from "./freight/shipment.service.ts";
import { BankLineLinksResolver, PaymentBankLineResolver } from "./payments/bank-file-links.resolver.ts";
import { BankFilePostingService } from "./payments/bank-file-posting.service.ts";
import { BankFileResolver } from "./payments/bank-file.resolver.ts";
import { BankFileService } from "./payments/bank-file.service.ts";
import { ApplicationPaymentResolver, CustomerPaymentsResolver, DeductionPaymentResolver, PaymentLinksResolver } from "./payments/payment-links.resolver.ts";
import { DiscountLetterResolver } from "./payments/discount-letter.resolver.ts";
import { PaymentResolver } from "./payments/payment.resolver.ts";
import { PaymentService } from "./payments/payment.service.ts";
import { HabitsResolver } from "./habits/habits.resolver.ts";
import { CustomerOpenByAgeResolver, PastDueResolver } from "./collections/past-due.resolver.ts";
import { AgingResolver } from "./insights/aging.resolver.ts";
import { ControlAccountResolver } from "./insights/control-account.resolver.ts";
import { RootCausesResolver } from "./insights/root-causes.resolver.ts";
import { DeductionMeasuresResolver } from "./insights/deduction-measures.resolver.ts";
import { UnearnedCampaignResolver } from "./insights/unearned-campaign.resolver.ts";
import { MoneyAtRiskResolver } from "./insights/money-at-risk.resolver.ts";
import { JournalDocumentResolver } from "./insights/journal-document.resolver.ts";
import { nodes } from "./nodes.ts";
import { ImportResolver } from "./imports/import.resolver.ts";
import { ImportService } from "./imports/import.service.ts";
import { OpeningBalanceResolver } from "./imports/opening-balance.resolver.ts";
import { OpeningBalanceService } from "./imports/opening-balance.service.ts";
import { PostingService } from "./imports/posting.service.ts";
import { StagingService } from "./imports/staging.service.ts";

/** What the application is told by its surroundings. */
export interface Surroundings {
  readonly secret: string;
  /** Folder that uploaded files are kept in. */
  readonly spool: string;
  /** The identity provider whose tokens are accepted; none if left out. */
  readonly provider?: Provider | null;
  /** Whether tokens signed with the secret are accepted; they are if left out. */
  readonly localTokens?: boolean;
  /** Limits that differ from the usual ones. */
  readonly limits?: Partial<Limits>;
  readonly log?: ErrorLog;
}

/** The wired application: one schema, and everything a server or a command needs around it. */
export interface App {
  readonly db: Database;
  readonly schema: GraphQLSchema;
  readonly executor: CompiledExecutor;
  readonly pushes: Pushes;
  readonly tail: Tail;
  readonly tokens: Tokens;
  readonly files: FileService;
  readonly limits: Limits;
  readonly rates: RateLimit;
  readonly exports: JournalExportService;
  readonly log: ErrorLog;
  /** Who a header of the form `Bearer …` speaks for; null when it is missing or not valid. */
  readonly signIn: (authorization: string | undefined) => Promise<SignedIn | null>;
  /** A context for a request of this actor; null for one without a token. */
  readonly contextFor: (actor: Actor | null) => Context;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Everything the process is made of, wired by hand in import order. */
export async function assemble(db: Database, { secret, spool, provider = null, localTokens = true, limits: wished, log = logToConsole }: Surroundings): Promise<App> {
  const limits: Limits = { ...DEFAULT_LIMITS, ...wished };
  const tail = new Tail(db, (error) => log("event log", error));
  const tokens = new Tokens(secret);
  const apiKeys = new ApiKeyService(db, (error) => log("API key", error));
  const identities = provider && new IdentityProvider(provider, (error) => log("identity provider", error));
  const entrance = new SignIn(db, { tokens: localTokens ? tokens : null, provider: identities, apiKeys });
  const files = new FileService(db, spool);
  const bankFiles = new BankFileService(db, files, new BankFilePostingService(db, tail, log), log);
  const imports = new ImportService(db, files, new StagingService(db, tail, files), new PostingService(db, tail), log);
  const exports = new JournalExportService(db);
  const memos = new MemoService(db, tail, followDebits);
  const deadlines = new DeadlineWatch(db, tail, (error) => log("deadlines", error));

  const schema = await schemaOf([
    new NodeResolver(nodes),
    new CompanyResolver(new CompanyService(db)), new ApiKeyResolver(apiKeys),
    new CustomerResolver(new CustomerService(db, tail)),
    new MasterDataResolver(new MasterDataService(db, tail)), new ContactResolver(new ContactService(db, tail)), new CreditResolver(new CreditService(db, tail)),
    new RelationshipResolver(new RelationshipService(db, tail)), new CustomerPlaceResolver(), new PayingRelationshipResolver(), new CustomerCreditResolver(), new CustomerNewsResolver(),
    new TermsResolver(new TermsService(db, tail)), new ArrangementResolver(new ArrangementService(db, tail)), new CustomerArrangementsResolver(),
    new CustomerToleranceResolver(new ToleranceService(db, tail)), new CompanyToleranceResolver(),
    new CustomerUnearnedPolicyResolver(new UnearnedPolicyService(db, tail)), new CompanyUnearnedPolicyResolver(),
    new PeriodResolver(new PeriodService(db, tail)), new JournalEntryResolver(), new JournalExportResolver(exports),
    new OpenItemResolver(), new ApplicationCustomerResolver(), new CustomerOpenItemsResolver(), new RebuildResolver(new RebuildService(db)),
    new InvoiceResolver(new InvoiceService(db, tail)), new CustomerInvoicesResolver(), new ApplicationInvoiceResolver(),
    new CreditMemoResolver(memos), new DebitMemoResolver(memos), new CreditMemoClearingResolver(new ClearingService(db, tail, followDebits)), new DebitMemoClearingResolver(), new MemoNewsResolver(), new CustomerMemosResolver(), new InvoiceMemosResolver(), new ApplicationMemosResolver(),
    new PromotionResolver(new PromotionService(db)), new CustomerPromotionsResolver(),
    new DeductionResolver(), new ReasonResolver(new ReasonService(db), new CorrectionService(db, tail)), new DeductionCaseResolver(new CaseService(db, tail), new SettlementService(db, tail)), new CaseNewsResolver(), new SettlementPromotionResolver(),
    new DeductionApprovalResolver(new ApprovalService(db, tail)), new ApprovalLimitResolver(new LimitService(db)), new CustomerDeductionsResolver(), new InvoiceDeductionsResolver(), new ApplicationDeductionResolver(),
    new ClaimResolver(new ClaimService(db, tail)), new CustomerClaimsResolver(), new InvoiceClaimsResolver(), new DeductionClaimResolver(), new DeductionContractResolver(), new ClaimFileResolver(new ClaimFileService(db, tail, files)),
    new DeductionEvidenceResolver(new EvidenceService(db, tail)), new EvidenceFileResolver(), new DeductionReadinessResolver(new ReadinessService(db)), new DeductionResearchResolver(new ResearchService(db, tail)), new CustomerDeductionHistoryResolver(),
    new DeductionDenialResolver(new DenialService(db, tail, files)), new DenialPacketFileResolver(),
    new DisputeWindowResolver(new DisputeWindowService(db)), new CaseDeadlineResolver(), new PolicyResolver(new PolicyService(db)), new CaseTimesResolver(), new DeadlineNewsResolver(deadlines), new AssignmentResolver(new AssignmentService(db, tail)),
    new ResolutionRuleResolver(new RuleService(db)), new AutoResolutionResolver(new ResolutionService(db, tail)),
    new ShipmentResolver(new ShipmentService(db)), new InvoiceShipmentsResolver(), new FreightClaimResolver(new FreightClaimService(db)), new DeductionFreightClaimsResolver(),
    new PaymentResolver(new PaymentService(db, tail)), new PaymentLinksResolver(), new CustomerPaymentsResolver(), new DeductionPaymentResolver(), new ApplicationPaymentResolver(), new DiscountLetterResolver(),
    new BankFileResolver(bankFiles), new BankLineLinksResolver(), new PaymentBankLineResolver(),
    new ImportResolver(imports), new OpeningBalanceResolver(new OpeningBalanceService(db, tail)),
    new HabitsResolver(),
    new PastDueResolver(), new CustomerOpenByAgeResolver(),
    new ControlAccountResolver(), new JournalDocumentResolver(), new AgingResolver(), new MoneyAtRiskResolver(), new DeductionMeasuresResolver(), new RootCausesResolver(), new UnearnedCampaignResolver(),
  ]);
  const executor = new CompiledExecutor(schema);
  const companyByCode = async (code: string): Promise<string | null> => (await companyIdByCode(db, code))[0]?.id ?? null;
  const contextFor = (actor: Actor | null): Context => new Context(actor, db, tail, companyByCode);
  return {
    db, schema, executor, tail, tokens, files, exports, limits, log, contextFor,
    rates: new RateLimit(limits.rate),
    signIn: (authorization) => entrance.admit(authorization),
    pushes: new Pushes(executor, (actor) => contextFor(actor).limitTo(limits.timeout)),
    start: async () => {
      await tail.start();
      await bankFiles.resume();
      await imports.resume();
      deadlines.start();
    },
    stop: async () => {
      await deadlines.stop();
      await bankFiles.stop();
      await imports.stop();
      await apiKeys.stop();
      await tail.stop();
    },
  };
}

/** The schema of the resolvers given. Each class is used with the instance it came with. */
async function schemaOf(resolvers: readonly object[]): Promise<GraphQLSchema> {
  const byClass = new Map<unknown, object>(resolvers.map((resolver) => [resolver.constructor, resolver]));
  const schema = await buildSchema({
    resolvers: resolvers.map((resolver) => resolver.constructor) as never,
    container: { get: (resolverClass) => byClass.get(resolverClass) },
    authChecker: mayDo as never,
    // Subscriptions read the event log; nothing is published through the schema.
    pubSub: { publish: () => {}, subscribe: () => { throw new Error("Subscriptions name their own stream."); } } as never,
    validate: false,
  });
  return resolveNodesAtOnce(schema);
}
