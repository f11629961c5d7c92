import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { deductionById } from "../deductions/deduction.loader.ts";
import { deductionOf } from "../deductions/deduction.type.ts";
import { EntryKind } from "../domain/posting.ts";
import { freightClaimOf } from "../freight/freight-claim.type.ts";
import { freightClaimById } from "../freight/freight.loader.ts";
import type { Context } from "../graphql/context.ts";
import { Node } from "../graphql/node.ts";
import { invoiceById } from "../invoices/invoice.loader.ts";
import { invoiceOf } from "../invoices/invoice.type.ts";
import { JournalEntryType } from "../ledger/journal.type.ts";
import { memoById } from "../memos/memo.loader.ts";
import { creditMemoOf, debitMemoOf } from "../memos/memo.type.ts";
import { paymentById } from "../payments/payment.loader.ts";
import { paymentOf } from "../payments/payment.type.ts";

@Resolver(() => JournalEntryType)
export class JournalDocumentResolver {
  @FieldResolver(() => Node, { nullable: true, description: "What it is about: an invoice, a payment, a credit memo, a debit memo, the deduction that was settled, split or merged, or a claim against a carrier." })
  async document(@Root() { companyId, documentKey, kind }: JournalEntryType, @Ctx() context: Context): Promise<Node | null> {
    if (kind === EntryKind.RESOLUTION) return deductionOf(await context.require(deductionById, companyId, documentKey));
    if (kind === EntryKind.FREIGHT_CLAIM) return freightClaimOf(await context.require(freightClaimById, companyId, documentKey));
    const [invoice, payment, memo] = await Promise.all([context.load(invoiceById, companyId, documentKey), context.load(paymentById, companyId, documentKey), context.load(memoById, companyId, documentKey)]);
    if (invoice) return invoiceOf(invoice);
    if (payment) return paymentOf(payment);
    return memo && (memo.kind === "CREDIT" ? creditMemoOf(memo) : debitMemoOf(memo));
  }
}
