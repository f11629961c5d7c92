import { Arg, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { DeductionPayload } from "../deductions/case-commands.type.ts";
import { activitiesOfDeduction } from "../deductions/case.loader.ts";
import { DeductionCaseType } from "../deductions/case.type.ts";
import { changedDeduction, type WhichDeduction } from "../deductions/changed-deduction.ts";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { globalId, keyIn } from "../graphql/global-id.ts";
import { ANALYSTS, type AssignmentService } from "./assignment.service.ts";
import { membersWithRoles } from "./assignment.sql.ts";
import { analystOf, AssignDeductionInput, CaseEscalationType, DeductionAnalystType, DeescalateDeductionInput, EscalateDeductionInput, escalationOf } from "./assignment.type.ts";

@Resolver(() => DeductionCaseType)
export class AssignmentResolver {
  constructor(private readonly assignments: AssignmentService) {}

  @Authorized<Requirement>("receivables:read")
  @Query(() => [DeductionAnalystType], { description: "Who may be given deductions to work on, and how many each has open, by name." })
  async deductionAnalysts(
    @Ctx() context: Context,
    @Arg("company", () => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." }) company: string | null,
  ): Promise<DeductionAnalystType[]> {
    return (await membersWithRoles(context.db, await context.company("receivables:read", company), ANALYSTS)).map(analystOf);
  }

  @FieldResolver(() => ID, { nullable: true, description: "Id of the member whose work it is, as in `deductionAnalysts`; null while it is nobody's." })
  ownerId(@Root() { row }: DeductionCaseType): string | null {
    return row.ownerKey && globalId("Member", row.companyId, row.ownerKey);
  }

  @FieldResolver(() => CaseEscalationType, { nullable: true, description: "The escalation that is in force; null when there is none." })
  async escalated(@Root() { row }: DeductionCaseType, @Ctx() context: Context): Promise<CaseEscalationType | null> {
    return row.escalation && escalationOf(row.escalation, (await context.load(activitiesOfDeduction, row.companyId, row.deductionId)) ?? []);
  }

  @Authorized<Requirement>("deduction:work")
  @Mutation(() => DeductionPayload, { description: "Gives a deduction to somebody who may work it. Where the work stands does not change." })
  assignDeduction(@Ctx() context: Context, @Arg("input", () => AssignDeductionInput, { description: "The deduction and its owner." }) input: AssignDeductionInput): Promise<Partial<DeductionPayload>> {
    const ownerKey = ({ companyId }: WhichDeduction): string => keyIn("Member", companyId, input.ownerId, "ownerId");
    return changedDeduction(context, input.deductionId, (which) => this.assignments.assign(context.actor, { ...input, ...which, ownerKey: ownerKey(which) }));
  }

  @Authorized<Requirement>("deduction:work")
  @Mutation(() => DeductionPayload, { description: "Takes a deduction further up: to the team lead, to sales, to senior management, to lawyers. It ends by itself when the deduction is settled, confirmed or void." })
  escalateDeduction(@Ctx() context: Context, @Arg("input", () => EscalateDeductionInput, { description: "The level, and why." }) input: EscalateDeductionInput): Promise<Partial<DeductionPayload>> {
    return changedDeduction(context, input.deductionId, (which) => this.assignments.escalate(context.actor, { ...input, ...which }));
  }

  @Authorized<Requirement>("deduction:work")
  @Mutation(() => DeductionPayload, { description: "Brings an escalated deduction down to a lower level, or ends its escalation." })
  deescalateDeduction(@Ctx() context: Context, @Arg("input", () => DeescalateDeductionInput, { description: "The level, and why." }) input: DeescalateDeductionInput): Promise<Partial<DeductionPayload>> {
    return changedDeduction(context, input.deductionId, (which) => this.assignments.deescalate(context.actor, { ...input, ...which }));
  }
}
