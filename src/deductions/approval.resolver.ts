import { Arg, Authorized, Ctx, Mutation, Resolver } from "type-graphql";
import { DeductionAction } from "../domain/deduction-case.ts";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { keyIn, readGlobalId } from "../graphql/global-id.ts";
import { answer } from "../graphql/payload.ts";
import type { ApprovalService } from "./approval.service.ts";
import { ApproveDeductionsInput, ApproveDeductionsPayload, DeductionApprovalType } from "./approval.type.ts";
import { deductionById } from "./deduction.loader.ts";
import { deductionOf } from "./deduction.type.ts";

@Resolver(() => DeductionApprovalType)
export class DeductionApprovalResolver {
  constructor(private readonly approving: ApprovalService) {}

  @Authorized<Requirement>("deduction:approve")
  @Mutation(() => ApproveDeductionsPayload, { description: "Approves many decisions of others at once. Each is approved or left as it is by itself; the answer says what stands in the way." })
  approveDeductions(@Ctx() context: Context, @Arg("input", () => ApproveDeductionsInput, { description: "The deductions." }) { deductionIds: ids, note = null }: ApproveDeductionsInput): Promise<Partial<ApproveDeductionsPayload>> {
    return answer(async () => {
      const companyId = context.companyOf("deduction:approve", readGlobalId(ids[0] ?? "")?.companyId);
      const deductionIds = ids.map((id, index) => keyIn("Deduction", companyId, id, `deductionIds.${index}`));
      const done = await this.approving.approve(context.actor, { companyId, deductionIds, note });
      const approvals = done.map(async ({ deductionId, blockers }) => ({
        deduction: deductionOf(await context.require(deductionById, companyId, deductionId)), approved: blockers.length === 0, blockers: blockers.map((it) => ({ action: DeductionAction.APPROVE, ...it })),
      }));
      return { approvals: await Promise.all(approvals) };
    });
  }
}
