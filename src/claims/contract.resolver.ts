import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { DeductionType } from "../deductions/deduction.type.ts";
import { crossContract } from "../domain/cross-contract.ts";
import type { Context } from "../graphql/context.ts";
import { invoiceById } from "../invoices/invoice.loader.ts";
import { invoiceOf, InvoiceType } from "../invoices/invoice.type.ts";
import { contractOfDeduction } from "./claim.loader.ts";

@Resolver(() => DeductionType)
export class DeductionContractResolver {
  @FieldResolver(() => Boolean, { description: "Whether it names, itself or by the claim behind it, another order or invoice than the one it was taken from. An argument, not a verdict; `crossContractReason` says why." })
  async crossContract(@Root() deduction: DeductionType, @Ctx() context: Context): Promise<boolean> {
    return (await reasonOf(deduction, context)) !== null;
  }

  @FieldResolver(() => String, { nullable: true, description: "What it names and what it was taken from, where they differ; null where they do not, or where there is nothing to compare." })
  crossContractReason(@Root() deduction: DeductionType, @Ctx() context: Context): Promise<string | null> {
    return reasonOf(deduction, context);
  }

  @FieldResolver(() => [InvoiceType], { description: "The invoices that it names by number or by order, beside the one that was paid short: where to look for evidence. Empty when it names none that we hold." })
  async namedInvoices(@Root() { companyId, key }: DeductionType, @Ctx() context: Context): Promise<InvoiceType[]> {
    const { invoices, ofOrders } = await context.require(contractOfDeduction, companyId, key);
    const ids = [...new Set([...invoices, ...ofOrders].map(({ id }) => id))];
    return (await Promise.all(ids.map((id) => context.require(invoiceById, companyId, id)))).map(invoiceOf);
  }
}

async function reasonOf({ companyId, key }: DeductionType, context: Context): Promise<string | null> {
  const named = await context.require(contractOfDeduction, companyId, key);
  return crossContract(named, named.takenFrom);
}
