import { Arg, Authorized, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import { today } from "../db/today.ts";
import { MoneyValue } from "../domain/money.ts";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { keyIn, readGlobalId } from "../graphql/global-id.ts";
import { answer } from "../graphql/payload.ts";
import {
  DecideDeductionInput, DeductionPayload, MergeDeductionsInput, NoteDeductionInput, SettleDeductionInput, SettlementPreviewPayload, SplitDeductionInput, UndoSettlementInput, WorkDeductionInput,
} from "./case-commands.type.ts";
import { activitiesOfDeduction, caseOfDeduction, limitsOfCurrency, settlementsOfDeduction } from "./case.loader.ts";
import type { CaseService } from "./case.service.ts";
import { workerOf } from "./case-steps.ts";
import { activityOf, caseOf, DeductionActivityType, DeductionCaseType, DeductionSettlementType, DeductionTransitionType, settlementOf, transitions } from "./case.type.ts";
import { asItIsNow, changedDeduction, type WhichDeduction } from "./changed-deduction.ts";
import { deductionById } from "./deduction.loader.ts";
import { deductionOf, DeductionType } from "./deduction.type.ts";
import type { SettlementService } from "./settlement.service.ts";

@Resolver(() => DeductionType)
export class DeductionCaseResolver {
  constructor(
    private readonly cases: CaseService,
    private readonly settling: SettlementService,
  ) {}

  @Authorized<Requirement>("receivables:read")
  @Query(() => [DeductionTransitionType], { description: "Every step that the life of a deduction may take; whatever is not among them is refused." })
  deductionTransitions(): readonly DeductionTransitionType[] {
    return transitions;
  }

  @FieldResolver(() => DeductionCaseType, { description: "Where the work on it stands, and what you may do next." })
  async case(@Root() { companyId, key }: DeductionType, @Ctx() context: Context): Promise<DeductionCaseType> {
    const row = await context.require(caseOfDeduction, companyId, key);
    const limits = await context.loadAsked(limitsOfCurrency, { day: today(context.db) }, companyId, row.currency);
    return caseOf(row, workerOf(context.actor, companyId), limits ?? []);
  }

  @FieldResolver(() => [DeductionActivityType], { description: "What was done about it, the first thing first." })
  async activities(@Root() { companyId, key }: DeductionType, @Ctx() context: Context): Promise<DeductionActivityType[]> {
    return ((await context.load(activitiesOfDeduction, companyId, key)) ?? []).map(activityOf);
  }

  @FieldResolver(() => [DeductionSettlementType], { description: "What settled it, the first first, and what undid that." })
  async settlements(@Root() { companyId, key }: DeductionType, @Ctx() context: Context): Promise<DeductionSettlementType[]> {
    return ((await context.load(settlementsOfDeduction, companyId, key)) ?? []).map(settlementOf);
  }

  @Authorized<Requirement>("receivables:read")
  @Mutation(() => DeductionPayload, { description: "Takes a step in the work on a deduction. `Deduction.case` says beforehand which are allowed, and what stands in the way of the others." })
  workDeduction(@Ctx() context: Context, @Arg("input", () => WorkDeductionInput, { description: "The step." }) { step, ...input }: WorkDeductionInput): Promise<Partial<DeductionPayload>> {
    return this.#done(context, input.deductionId, (which) => this.cases.work(context.actor, { ...input, ...which, action: step }));
  }

  @Authorized<Requirement>("deduction:work")
  @Mutation(() => DeductionPayload, { description: "Puts something on record about a deduction." })
  noteDeduction(@Ctx() context: Context, @Arg("input", () => NoteDeductionInput, { description: "The note." }) input: NoteDeductionInput): Promise<Partial<DeductionPayload>> {
    return this.#done(context, input.deductionId, (which) => this.cases.note(context.actor, { ...input, ...which }));
  }

  @Authorized<Requirement>("deduction:work")
  @Mutation(() => DeductionPayload, { description: "Decides what of a deduction the customer may keep. A part of it splits the deduction in two, one valid and one not." })
  decideDeduction(@Ctx() context: Context, @Arg("input", () => DecideDeductionInput, { description: "The decision." }) input: DecideDeductionInput): Promise<Partial<DeductionPayload>> {
    return this.#done(context, input.deductionId, (which) => this.cases.decide(context.actor, { ...input, ...which }));
  }

  @Authorized<Requirement>("deduction:work")
  @Mutation(() => DeductionPayload, { description: "Splits what a deduction has open into deductions of their own. No sum changes." })
  splitDeduction(@Ctx() context: Context, @Arg("input", () => SplitDeductionInput, { description: "The parts." }) input: SplitDeductionInput): Promise<Partial<DeductionPayload>> {
    return this.#done(context, input.deductionId, (which) => this.cases.split(context.actor, { ...input, ...which }));
  }

  @Authorized<Requirement>("deduction:work")
  @Mutation(() => DeductionPayload, { description: "Makes one deduction of several. No sum changes." })
  mergeDeductions(@Ctx() context: Context, @Arg("input", () => MergeDeductionsInput, { description: "The deductions." }) { deductionIds, note }: MergeDeductionsInput): Promise<Partial<DeductionPayload>> {
    return answer(async () => {
      const companyId = context.companyOf("deduction:work", readGlobalId(deductionIds[0] ?? "")?.companyId);
      const ids = deductionIds.map((id, index) => keyIn("Deduction", companyId, id, `deductionIds.${index}`));
      const key = await this.cases.merge(context.actor, { companyId, deductionIds: ids, note });
      return { deduction: deductionOf(await context.require(deductionById, companyId, key)) };
    }, (refusal) => asItIsNow(context, refusal));
  }

  @Authorized<Requirement>("deduction:work")
  @Mutation(() => DeductionPayload, { description: "Settles a deduction as it was decided: one balanced entry, with the memos it takes." })
  settleDeduction(@Ctx() context: Context, @Arg("input", () => SettleDeductionInput, { description: "The parts." }) input: SettleDeductionInput): Promise<Partial<DeductionPayload>> {
    return this.#done(context, input.deductionId, (which) => this.settling.settle(context.actor, { ...input, ...which, parts: partsOf(which.companyId, input) }));
  }

  @Authorized<Requirement>("deduction:work")
  @Query(() => SettlementPreviewPayload, { description: "Says what a settlement would book, and refuses what it would refuse." })
  previewSettlement(@Ctx() context: Context, @Arg("input", () => SettleDeductionInput, { description: "The parts." }) input: SettleDeductionInput): Promise<Partial<SettlementPreviewPayload>> {
    return answer(async () => {
      const companyId = context.companyOf("deduction:work", readGlobalId(input.deductionId)?.companyId);
      const deductionId = keyIn("Deduction", companyId, input.deductionId, "deductionId");
      const { postings, currency } = await this.settling.preview(context.db, context.actor, { ...input, companyId, deductionId, parts: partsOf(companyId, input) });
      return { lines: postings.map(({ account, minor }) => ({ account, amount: new MoneyValue(minor, currency) })) };
    });
  }

  @Authorized<Requirement>("deduction:work")
  @Mutation(() => DeductionPayload, { description: "Undoes a settlement by opposite rows: its memos are canceled, and the deduction is open again." })
  undoSettlement(@Ctx() context: Context, @Arg("input", () => UndoSettlementInput, { description: "The settlement." }) { settlementId, note }: UndoSettlementInput): Promise<Partial<DeductionPayload>> {
    return answer(async () => {
      const companyId = context.companyOf("deduction:work", readGlobalId(settlementId)?.companyId);
      const key = await this.settling.undo(context.actor, { companyId, settlementId: keyIn("DeductionSettlement", companyId, settlementId, "settlementId"), note });
      return { deduction: deductionOf(await context.require(deductionById, companyId, key)) };
    }, (refusal) => asItIsNow(context, refusal));
  }

  /** Runs a command on one deduction and answers with it as it is then. */
  #done(context: Context, id: string, work: (which: WhichDeduction) => Promise<unknown>): Promise<Partial<DeductionPayload>> {
    return changedDeduction(context, id, work);
  }
}

const partsOf = (companyId: string, { parts }: SettleDeductionInput) =>
  parts.map(({ creditMemoId, promotionId, ...part }, index) => ({
    ...part, creditMemoId: creditMemoId ? keyIn("CreditMemo", companyId, creditMemoId, `parts.${index}.creditMemoId`) : null,
    ...(promotionId && { promotionId: keyIn("Promotion", companyId, promotionId, `parts.${index}.promotionId`) }),
  }));
