import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Context } from "../graphql/context.ts";
import { bankFileById, bankLineById } from "./bank-file.loader.ts";
import { bankFileOf, BankFileType, bankLineOf, BankLineType } from "./bank-file.type.ts";
import { paymentById } from "./payment.loader.ts";
import { paymentOf, PaymentType } from "./payment.type.ts";

@Resolver(() => BankLineType)
export class BankLineLinksResolver {
  @FieldResolver(() => BankFileType, { description: "The file it was reported in." })
  async bankFile(@Root() { companyId, fileKey }: BankLineType, @Ctx() context: Context): Promise<BankFileType> {
    return bankFileOf(await context.require(bankFileById, companyId, fileKey));
  }

  @FieldResolver(() => PaymentType, { nullable: true, description: "The payment it became; null when it is no money from a customer, and while it waits to be posted." })
  async payment(@Root() { companyId, paymentKey }: BankLineType, @Ctx() context: Context): Promise<PaymentType | null> {
    return paymentKey === null ? null : paymentOf(await context.require(paymentById, companyId, paymentKey));
  }
}

@Resolver(() => PaymentType)
export class PaymentBankLineResolver {
  @FieldResolver(() => BankLineType, { nullable: true, description: "The movement on our bank account that it came by; null when no bank file reported it." })
  async bankLine(@Root() { companyId, key }: PaymentType, @Ctx() context: Context): Promise<BankLineType | null> {
    const { bankLineId } = await context.require(paymentById, companyId, key);
    return bankLineId === null ? null : bankLineOf(await context.require(bankLineById, companyId, bankLineId));
  }
}
