import { Field, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { ShortPayPolicy } from "../domain/cash-application.ts";
import { connectionOf } from "../graphql/connection.ts";
import { globalId } from "../graphql/global-id.ts";
import { Node } from "../graphql/node.ts";
import { MutationPayload } from "../graphql/payload.ts";
import { ContactInput } from "./contact.type.ts";
import type { CustomerRow } from "./customer.sql.ts";

registerEnumType(ShortPayPolicy, {
  name: "ShortPayPolicy",
  description: "What becomes of a short pay that nobody explained.",
  valuesConfig: {
    OPEN_DEDUCTION: { description: "It becomes a deduction, and the invoice is closed." },
    LEAVE_OPEN: { description: "The invoice stays open for the rest, unless the remittance itself shows that less was paid than owed." },
  },
});

@ObjectType("Customer", { description: "A party that buys on credit, as one company knows it.", implements: Node, simpleResolvers: true })
export class CustomerType extends Node {
  @Field(() => String, { description: "Account number as first written. Spellings that differ in leading zeros, blanks or case are one account." })
  readonly accountNumber!: string;

  @Field(() => String, { description: "Name of the account." })
  readonly name!: string;

  @Field(() => String, { description: "ISO 4217 code of the currency the customer usually trades in; single documents may differ." })
  readonly currency!: string;

  @Field(() => String, { nullable: true, description: "Code of the payment terms that new invoices get; null when each invoice must name its own." })
  readonly termsCode!: string | null;

  @Field(() => ShortPayPolicy, { description: "What becomes of this customer's unexplained short pays." })
  readonly shortPayPolicy!: ShortPayPolicy;

  @Field(() => Int, { description: "Rises with each change of the customer's own data; pass it as `expectedVersion`." })
  readonly version!: number;

  /** Not fields: the key that field resolvers load by. */
  readonly companyId!: string;
  readonly key!: string;
}

export const customerOf = ({ companyId, id, accountNumber, name, currency, termsCode, shortPayPolicy, version }: CustomerRow): CustomerType => ({
  id: globalId("Customer", companyId, id),
  companyId,
  key: id,
  accountNumber,
  name,
  currency,
  termsCode,
  shortPayPolicy,
  version,
});

export const CustomerConnection = connectionOf("Customer", () => CustomerType);

@InputType({ description: "A new customer." })
export class CreateCustomerInput {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => String, { description: "Account number, unique in the company after normalization." })
  accountNumber!: string;

  @Field(() => String, { description: "Name of the account." })
  name!: string;

  @Field(() => String, { description: "ISO 4217 code of the currency the customer usually trades in." })
  currency!: string;

  @Field(() => String, { nullable: true, description: "Code of the payment terms that new invoices get." })
  termsCode?: string | null;

  @Field(() => ShortPayPolicy, { defaultValue: ShortPayPolicy.OPEN_DEDUCTION, description: "What becomes of unexplained short pays." })
  shortPayPolicy!: ShortPayPolicy;

  @Field(() => [String], { defaultValue: [], description: "Other names that payments of this customer may carry." })
  aliases!: string[];

  @Field(() => [ContactInput], { defaultValue: [], description: "People to talk to." })
  contacts!: ContactInput[];

  @Field(() => String, { nullable: true, description: "Sent again with the same input, the first answer is returned; with another input it is refused." })
  idempotencyKey?: string | null;
}

@ObjectType({ description: "The new customer." })
export class CreateCustomerPayload extends MutationPayload {
  @Field(() => CustomerType, { nullable: true, description: "Null when refused." })
  readonly customer!: CustomerType | null;
}
