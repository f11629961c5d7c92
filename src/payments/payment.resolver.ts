import { Arg, Args, Authorized, Ctx, Mutation, Query, Resolver, Root, Subscription } from "type-graphql";
import { EventKind } from "../domain/events.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { Requirement } from "../graphql/auth.ts";
import { connection, type ConnectionOf } from "../graphql/connection.ts";
import type { Context } from "../graphql/context.ts";
import { keyIn, readGlobalId } from "../graphql/global-id.ts";
import { LiveArgs, openStream } from "../graphql/live.ts";
import { answer } from "../graphql/payload.ts";
import { invoiceById } from "../invoices/invoice.loader.ts";
import { invoiceOf } from "../invoices/invoice.type.ts";
import { memoById } from "../memos/memo.loader.ts";
import { creditMemoOf, debitMemoOf } from "../memos/memo.type.ts";
import { cursorOf } from "../live/cursor.ts";
import type { StreamStep } from "../live/stream.ts";
import { applicationById } from "../openitems/open-item.loader.ts";
import { applicationOf } from "../openitems/open-item.type.ts";
import { ApplyPaymentInput, PaymentPayload, RecordPaymentInput } from "./payment-commands.type.ts";
import { paymentById } from "./payment.loader.ts";
import type { PaymentService } from "./payment.service.ts";
import { readPayments } from "./payment.sql.ts";
import { ApplicationPush, PaymentConnection, paymentOf, PaymentPush, PaymentsArgs, PaymentType } from "./payment.type.ts";

@Resolver(() => PaymentType)
export class PaymentResolver {
  constructor(private readonly payments: PaymentService) {}

  @Authorized<Requirement>("receivables:read")
  @Query(() => PaymentConnection, { nullable: true, name: "payments", description: "Payments, latest first." })
  async list(@Ctx() context: Context, @Args(() => PaymentsArgs) args: PaymentsArgs): Promise<ConnectionOf<PaymentType>> {
    const companyId = await context.company("receivables:read", args.company);
    const { unappliedOnly, unidentifiedOnly, receivedFrom = null, receivedTo = null } = args;
    const filter = { customerId: keyIn("Customer", companyId, args.customerId, "customerId"), unappliedOnly, unidentifiedOnly, receivedFrom, receivedTo };
    return connection(await readPayments(context.db, companyId, filter, args), paymentOf);
  }

  @Authorized<Requirement>("payment:record")
  @Mutation(() => PaymentPayload, { description: "Records a payment and applies it: as its lines say or, without lines, where one item alone has this amount open." })
  recordPayment(@Ctx() context: Context, @Arg("input", () => RecordPaymentInput, { description: "The payment." }) input: RecordPaymentInput): Promise<Partial<PaymentPayload>> {
    return answer(async () => {
      const { company, ...payment } = input;
      const companyId = await context.company("payment:record", company);
      const id = await this.payments.record(context.actor, { ...payment, companyId });
      return { payment: paymentOf(await context.require(paymentById, companyId, id)) };
    }, (refusal) => asItIsNow(context, refusal));
  }

  @Authorized<Requirement>("payment:apply")
  @Mutation(() => PaymentPayload, { description: "Uses cash that a payment has left." })
  applyPayment(@Ctx() context: Context, @Arg("input", () => ApplyPaymentInput, { description: "The payment and what its cash is for." }) input: ApplyPaymentInput): Promise<Partial<PaymentPayload>> {
    return answer(async () => {
      const companyId = context.companyOf("payment:apply", readGlobalId(input.paymentId)?.companyId);
      const paymentId = keyIn("Payment", companyId, input.paymentId, "paymentId");
      await this.payments.apply(context.actor, { ...input, companyId, paymentId });
      return { payment: paymentOf(await context.require(paymentById, companyId, paymentId)) };
    }, (refusal) => asItIsNow(context, refusal));
  }

  @Authorized<Requirement>("receivables:read")
  @Subscription(() => PaymentPush, {
    description: "Payments the moment they come in.",
    subscribe: ({ args, context }) => openStream(context as Context, "receivables:read", [EventKind.PAYMENT_RECEIVED], args as LiveArgs),
  })
  async paymentReceived(@Root() { position, event }: StreamStep, @Ctx() context: Context, @Args(() => LiveArgs) _args: LiveArgs): Promise<PaymentPush> {
    const row = event && (await context.require(paymentById, event.companyId, event.subjectId));
    return { cursor: cursorOf(position), payment: row && paymentOf(row) };
  }

  @Authorized<Requirement>("receivables:read")
  @Subscription(() => ApplicationPush, {
    description: "Cash the moment it is used.",
    subscribe: ({ args, context }) => openStream(context as Context, "receivables:read", [EventKind.PAYMENT_APPLIED], args as LiveArgs),
  })
  async paymentApplied(@Root() { position, event }: StreamStep, @Ctx() context: Context, @Args(() => LiveArgs) _args: LiveArgs): Promise<ApplicationPush> {
    const row = event && (await context.require(applicationById, event.companyId, event.subjectId));
    return { cursor: cursorOf(position), application: row && applicationOf(row) };
  }
}

/** The payment, invoice or memo that stood in the way of a command. */
async function asItIsNow(context: Context, { subject }: Refusal): Promise<Partial<PaymentPayload>> {
  if (!subject) return {};
  const { type, companyId, id } = subject;
  if (type === "CreditMemo") return { current: creditMemoOf(await context.require(memoById, companyId, id)) };
  if (type === "DebitMemo") return { current: debitMemoOf(await context.require(memoById, companyId, id)) };
  const current = type === "Invoice" ? invoiceOf(await context.require(invoiceById, companyId, id)) : paymentOf(await context.require(paymentById, companyId, id));
  return { current };
}
