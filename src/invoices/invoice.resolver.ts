import { Arg, Args, ArgsType, Authorized, Ctx, Field, FieldResolver, ID, Mutation, Query, Resolver, Root, Subscription } from "type-graphql";
import { holdOf } from "../customers/credit.type.ts";
import { customerById, holdById } from "../customers/customer.loader.ts";
import { arrangementById } from "../customers/arrangement.loader.ts";
import { arrangementOf, ArrangementType } from "../customers/arrangement.type.ts";
import { customerOf, CustomerType } from "../customers/customer.type.ts";
import { documentKey } from "../domain/account-number.ts";
import { EventKind } from "../domain/events.ts";
import type { Requirement } from "../graphql/auth.ts";
import { connection, ConnectionArgs, type ConnectionOf } from "../graphql/connection.ts";
import type { Context } from "../graphql/context.ts";
import { keyIn } from "../graphql/global-id.ts";
import { LiveArgs, openStream } from "../graphql/live.ts";
import { answer } from "../graphql/payload.ts";
import { BusinessDateScalar } from "../graphql/scalars.ts";
import { cursorOf } from "../live/cursor.ts";
import type { StreamStep } from "../live/stream.ts";
import { applicationsOfInvoice } from "../openitems/open-item.loader.ts";
import { applicationOf, ApplicationType } from "../openitems/open-item.type.ts";
import { discountsOfInvoice, installmentsOfInvoice, invoiceById, linesOfInvoice } from "./invoice.loader.ts";
import type { InvoiceService } from "./invoice.service.ts";
import { readInvoices } from "./invoice.sql.ts";
import { installmentOf, InstallmentType, InvoiceConnection, invoiceDiscountOf, InvoiceDiscountType, invoiceLineOf, InvoiceLineType, invoiceOf, InvoicePush, InvoiceType, IssueInvoiceInput, IssueInvoicePayload } from "./invoice.type.ts";

@ArgsType()
class InvoicesArgs extends ConnectionArgs {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => ID, { nullable: true, description: "Only invoices of this customer." })
  customerId?: string | null;

  @Field(() => String, { nullable: true, description: "Only the invoice of this number, in any spelling." })
  number?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: "Only invoices that are not settled." })
  openOnly!: boolean;

  @Field(() => BusinessDateScalar, { nullable: true, description: "Only invoices due before this day." })
  dueBefore?: string | null;
}

@Resolver(() => InvoiceType)
export class InvoiceResolver {
  constructor(private readonly invoices: InvoiceService) {}

  @Authorized<Requirement>("receivables:read")
  @Query(() => InvoiceConnection, { nullable: true, name: "invoices", description: "Invoices, newest first." })
  async list(@Ctx() context: Context, @Args(() => InvoicesArgs) args: InvoicesArgs): Promise<ConnectionOf<InvoiceType>> {
    const companyId = await context.company("receivables:read", args.company);
    const { openOnly, dueBefore = null, number } = args;
    const filter = { customerId: keyIn("Customer", companyId, args.customerId, "customerId"), documentKey: number ? documentKey(number) : null, openOnly, dueBefore };
    return connection(await readInvoices(context.db, companyId, filter, args), invoiceOf);
  }

  @FieldResolver(() => CustomerType, { description: "Who was billed." })
  async customer(@Root() { companyId, customerKey }: InvoiceType, @Ctx() context: Context): Promise<CustomerType> {
    return customerOf(await context.require(customerById, companyId, customerKey));
  }

  @FieldResolver(() => [InvoiceLineType], { description: "What was billed; empty when only the total is known." })
  async lines(@Root() { companyId, key }: InvoiceType, @Ctx() context: Context): Promise<InvoiceLineType[]> {
    return ((await context.load(linesOfInvoice, companyId, key)) ?? []).map(invoiceLineOf);
  }

  @FieldResolver(() => [InvoiceDiscountType], { description: "Cash discounts offered, earliest first." })
  async discounts(@Root() invoice: InvoiceType, @Ctx() context: Context): Promise<InvoiceDiscountType[]> {
    return ((await context.load(discountsOfInvoice, invoice.companyId, invoice.key)) ?? []).map((it) => invoiceDiscountOf(invoice, it));
  }

  @FieldResolver(() => [InstallmentType], { description: "Its parts in the order they fall due; a single one unless its terms have installments." })
  async installments(@Root() invoice: InvoiceType, @Ctx() context: Context): Promise<InstallmentType[]> {
    return ((await context.load(installmentsOfInvoice, invoice.companyId, invoice.key)) ?? []).map((it) => installmentOf(invoice, it));
  }

  @FieldResolver(() => ArrangementType, { nullable: true, description: "What was agreed with the customer and decided its due dates when it was issued; null when its terms did." })
  async arrangement(@Root() { companyId, arrangementKey }: InvoiceType, @Ctx() context: Context): Promise<ArrangementType | null> {
    return arrangementKey ? arrangementOf(await context.require(arrangementById, companyId, arrangementKey)) : null;
  }

  @FieldResolver(() => [ApplicationType], { description: "What settled it, in the order of writing." })
  async applications(@Root() { companyId, key }: InvoiceType, @Ctx() context: Context): Promise<ApplicationType[]> {
    return ((await context.load(applicationsOfInvoice, companyId, key)) ?? []).map(applicationOf);
  }

  @Authorized<Requirement>("invoice:write")
  @Mutation(() => IssueInvoicePayload, { description: "Puts an invoice on the books. Refused while a hold on invoices, or on everything, stands on the customer; a credit limit that is exceeded refuses nothing by itself." })
  issueInvoice(@Ctx() context: Context, @Arg("input", () => IssueInvoiceInput, { description: "The invoice." }) input: IssueInvoiceInput): Promise<Partial<IssueInvoicePayload>> {
    return answer(async () => {
      const { company, ...invoice } = input;
      const companyId = await context.company("invoice:write", company);
      const id = await this.invoices.issue(context.actor, { ...invoice, companyId });
      return { invoice: invoiceOf(await context.require(invoiceById, companyId, id)) };
    }, async ({ subject }) => (subject?.type === "Hold" ? { hold: holdOf(await context.require(holdById, subject.companyId, subject.id)) } : {}));
  }

  @Authorized<Requirement>("receivables:read")
  @Subscription(() => InvoicePush, {
    description: "Invoices as they are issued or settled in part.",
    subscribe: ({ args, context }) => openStream(context as Context, "receivables:read", [EventKind.INVOICE_CHANGED], args as LiveArgs),
  })
  async invoiceChanged(@Root() { position, event }: StreamStep, @Ctx() context: Context, @Args(() => LiveArgs) _args: LiveArgs): Promise<InvoicePush> {
    const row = event && (await context.require(invoiceById, event.companyId, event.subjectId));
    return { cursor: cursorOf(position), invoice: row && invoiceOf(row) };
  }
}
