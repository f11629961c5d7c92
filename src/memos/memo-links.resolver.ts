import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { CustomerType } from "../customers/customer.type.ts";
import { connection, ConnectionArgs, type ConnectionOf } from "../graphql/connection.ts";
import type { Context } from "../graphql/context.ts";
import { InvoiceType } from "../invoices/invoice.type.ts";
import { ApplicationType } from "../openitems/open-item.type.ts";
import { creditMemosOfCustomer, debitMemosOfCustomer, memoById, memosOfInvoice } from "./memo.loader.ts";
import { CreditMemoConnection, creditMemoOf, CreditMemoType, DebitMemoConnection, debitMemoOf, DebitMemoType } from "./memo.type.ts";

@Resolver(() => CustomerType)
export class CustomerMemosResolver {
  @FieldResolver(() => CreditMemoConnection, { nullable: true, description: "What the customer was credited, newest first." })
  async creditMemos(@Root() { companyId, key }: CustomerType, @Ctx() context: Context, @Args(() => ConnectionArgs) args: ConnectionArgs): Promise<ConnectionOf<CreditMemoType>> {
    return connection(await context.page(creditMemosOfCustomer, { companyId, id: key }, args), creditMemoOf);
  }

  @FieldResolver(() => DebitMemoConnection, { nullable: true, description: "What the customer was charged beside invoices, newest first." })
  async debitMemos(@Root() { companyId, key }: CustomerType, @Ctx() context: Context, @Args(() => ConnectionArgs) args: ConnectionArgs): Promise<ConnectionOf<DebitMemoType>> {
    return connection(await context.page(debitMemosOfCustomer, { companyId, id: key }, args), debitMemoOf);
  }
}

@Resolver(() => InvoiceType)
export class InvoiceMemosResolver {
  @FieldResolver(() => [CreditMemoType], { description: "Credit memos against this invoice, oldest first." })
  async creditMemos(@Root() { companyId, key }: InvoiceType, @Ctx() context: Context): Promise<CreditMemoType[]> {
    return ((await context.load(memosOfInvoice, companyId, key)) ?? []).filter(({ kind }) => kind === "CREDIT").map(creditMemoOf);
  }

  @FieldResolver(() => [DebitMemoType], { description: "Debit memos about this invoice, oldest first." })
  async debitMemos(@Root() { companyId, key }: InvoiceType, @Ctx() context: Context): Promise<DebitMemoType[]> {
    return ((await context.load(memosOfInvoice, companyId, key)) ?? []).filter(({ kind }) => kind === "DEBIT").map(debitMemoOf);
  }
}

@Resolver(() => ApplicationType)
export class ApplicationMemosResolver {
  @FieldResolver(() => CreditMemoType, { nullable: true, description: "The credit memo that settles; null when cash, a discount or a deduction does." })
  async creditMemo(@Root() { companyId, creditMemoKey }: ApplicationType, @Ctx() context: Context): Promise<CreditMemoType | null> {
    return creditMemoKey === null ? null : creditMemoOf(await context.require(memoById, companyId, creditMemoKey));
  }

  @FieldResolver(() => DebitMemoType, { nullable: true, description: "The debit memo it settles; null when it settles none." })
  async debitMemo(@Root() { companyId, debitMemoKey }: ApplicationType, @Ctx() context: Context): Promise<DebitMemoType | null> {
    return debitMemoKey === null ? null : debitMemoOf(await context.require(memoById, companyId, debitMemoKey));
  }
}
