import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { customerById } from "../customers/customer.loader.ts";
import { customerOf, CustomerType } from "../customers/customer.type.ts";
import { deductionsOfPayment } from "../deductions/deduction.loader.ts";
import { deductionOf, DeductionType } from "../deductions/deduction.type.ts";
import { connection, ConnectionArgs, type ConnectionOf } from "../graphql/connection.ts";
import type { Context } from "../graphql/context.ts";
import { applicationsOfPayment } from "../openitems/open-item.loader.ts";
import { applicationOf, ApplicationType } from "../openitems/open-item.type.ts";
import { paymentById, paymentsOfCustomer, remittanceOfPayment } from "./payment.loader.ts";
import { PaymentConnection, paymentOf, PaymentType, remittanceLineOf, RemittanceLineType } from "./payment.type.ts";

@Resolver(() => PaymentType)
export class PaymentLinksResolver {
  @FieldResolver(() => CustomerType, { nullable: true, description: "Who paid; null while nobody knows." })
  async customer(@Root() { companyId, customerKey }: PaymentType, @Ctx() context: Context): Promise<CustomerType | null> {
    return customerKey ? customerOf(await context.require(customerById, companyId, customerKey)) : null;
  }

  @FieldResolver(() => [ApplicationType], { description: "What its cash and its deductions settled, in the order of writing." })
  async applications(@Root() { companyId, key }: PaymentType, @Ctx() context: Context): Promise<ApplicationType[]> {
    return ((await context.load(applicationsOfPayment, companyId, key)) ?? []).map(applicationOf);
  }

  @FieldResolver(() => [DeductionType], { description: "What the customer took off it." })
  async deductions(@Root() { companyId, key }: PaymentType, @Ctx() context: Context): Promise<DeductionType[]> {
    return ((await context.load(deductionsOfPayment, companyId, key)) ?? []).map(deductionOf);
  }

  @FieldResolver(() => [RemittanceLineType], { description: "The customer's advice about it, as it came; empty when there was none." })
  async remittance(@Root() { companyId, key }: PaymentType, @Ctx() context: Context): Promise<RemittanceLineType[]> {
    return ((await context.load(remittanceOfPayment, companyId, key)) ?? []).map(remittanceLineOf);
  }
}

@Resolver(() => CustomerType)
export class CustomerPaymentsResolver {
  @FieldResolver(() => PaymentConnection, { nullable: true, description: "What the customer paid, latest first." })
  async payments(@Root() { companyId, key }: CustomerType, @Ctx() context: Context, @Args(() => ConnectionArgs) args: ConnectionArgs): Promise<ConnectionOf<PaymentType>> {
    return connection(await context.page(paymentsOfCustomer, { companyId, id: key }, args), paymentOf);
  }
}

@Resolver(() => DeductionType)
export class DeductionPaymentResolver {
  @FieldResolver(() => PaymentType, { nullable: true, description: "The payment it was taken from; null for one that came of a split or a merge." })
  async payment(@Root() { companyId, paymentKey }: DeductionType, @Ctx() context: Context): Promise<PaymentType | null> {
    return paymentKey === null ? null : paymentOf(await context.require(paymentById, companyId, paymentKey));
  }

  @FieldResolver(() => RemittanceLineType, { nullable: true, description: "The remittance line it was taken by; null when there was no remittance." })
  async remittanceLine(@Root() { companyId, paymentKey, lineNo }: DeductionType, @Ctx() context: Context): Promise<RemittanceLineType | null> {
    const lines = (paymentKey && (await context.load(remittanceOfPayment, companyId, paymentKey))) || [];
    const line = lines.find((it) => it.lineNo === lineNo);
    return line ? remittanceLineOf(line) : null;
  }
}

@Resolver(() => ApplicationType)
export class ApplicationPaymentResolver {
  @FieldResolver(() => PaymentType, { nullable: true, description: "The payment it belongs to; null when a credit memo settles by itself, and not in the advice of a payment." })
  async payment(@Root() { companyId, paymentKey }: ApplicationType, @Ctx() context: Context): Promise<PaymentType | null> {
    return paymentKey === null ? null : paymentOf(await context.require(paymentById, companyId, paymentKey));
  }
}
