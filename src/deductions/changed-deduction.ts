import type { Refusal } from "../domain/refusal.ts";
import type { Context } from "../graphql/context.ts";
import { keyIn, readGlobalId } from "../graphql/global-id.ts";
import { answer } from "../graphql/payload.ts";
import type { DeductionPayload } from "./case-commands.type.ts";
import { deductionById } from "./deduction.loader.ts";
import { deductionOf, type DeductionType } from "./deduction.type.ts";

/** A deduction that a command names. */
export interface WhichDeduction {
  readonly companyId: string;
  readonly deductionId: string;
}

/** Runs a command on one deduction and answers with it as it is then, also when the command was refused because of how it is. */
export function changedDeduction(context: Context, id: string, work: (which: WhichDeduction) => Promise<unknown>): Promise<Partial<DeductionPayload>> {
  return answer(async () => {
    const companyId = context.companyOf("receivables:read", readGlobalId(id)?.companyId);
    const deductionId = keyIn("Deduction", companyId, id, "deductionId");
    await work({ companyId, deductionId });
    return { deduction: deductionOf(await context.require(deductionById, companyId, deductionId)) };
  }, (refusal) => asItIsNow(context, refusal));
}

/** The deduction that a refusal is about, as it is now. */
export async function asItIsNow(context: Context, { subject }: Refusal): Promise<{ current: DeductionType | null }> {
  return { current: subject?.type === "Deduction" ? deductionOf(await context.require(deductionById, subject.companyId, subject.id)) : null };
}
