import type { Refusal } from "../domain/refusal.ts";
import type { Context } from "../graphql/context.ts";
import { deductionById } from "./deduction.loader.ts";
import { deductionOf, type DeductionType } from "./deduction.type.ts";

/** The deduction that stood in the way of a command, as it is now. */
export async function asItIsNow(context: Context, { subject }: Refusal): Promise<{ current: DeductionType | null }> {
  return { current: subject?.type === "Deduction" ? deductionOf(await context.require(deductionById, subject.companyId, subject.id)) : null };
}
