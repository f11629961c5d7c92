import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { ShortPayPolicy } from "../domain/cash-application.ts";
import { globalId } from "../graphql/global-id.ts";
import { MutationPayload } from "../graphql/payload.ts";
import { MomentScalar } from "../graphql/scalars.ts";
import type { BillToRow, ChangeRow } from "./customer.sql.ts";
import { CustomerType } from "./customer.type.ts";

@ObjectType("BillTo", { description: "The address that bills go to.", simpleResolvers: true })
export class BillToType {
  @Field(() => String, { nullable: true, description: "Who the bill is addressed to; null for the name of the account." })
  readonly name!: string | null;

  @Field(() => String, { description: "Street and number, or a post-office box." })
  readonly street!: string;

  @Field(() => String, { nullable: true, description: "Second line of the street; null when there is none." })
  readonly street2!: string | null;

  @Field(() => String, { description: "City." })
  readonly city!: string;

  @Field(() => String, { nullable: true, description: "State or province; null where addresses have none." })
  readonly region!: string | null;

  @Field(() => String, { nullable: true, description: "Postal code; null where addresses have none." })
  readonly postalCode!: string | null;

  @Field(() => String, { description: "ISO 3166 code of the country, two capital letters." })
  readonly country!: string;
}

export const billToOf = ({ companyId: _companyId, customerId: _customerId, ...address }: BillToRow): BillToType => address;

@ObjectType({ description: "Somebody changed a customer's own data, or one of its contacts. It tells which fields, not what they held.", simpleResolvers: true })
export class CustomerChange {
  @Field(() => ID, { nullable: true, description: "The contact that was changed; null when the customer itself was." })
  readonly contactId!: string | null;

  @Field(() => Int, { description: "Version of the customer, or of the contact, since then." })
  readonly version!: number;

  @Field(() => [String], { description: "Names of the fields that were given; `added` for a new contact." })
  readonly fields!: readonly string[];

  @Field(() => String, { nullable: true, description: "Name of the member who did it; null when no member did." })
  readonly recordedBy!: string | null;

  @Field(() => MomentScalar, { description: "When." })
  readonly recordedAt!: string;
}

export const changeOf = ({ companyId, contactId, version, fields, recordedBy, recordedAt }: ChangeRow): CustomerChange => ({
  contactId: contactId && globalId("Contact", companyId, contactId), version, fields, recordedBy, recordedAt,
});

@InputType({ description: "The address that bills go to." })
export class BillToInput {
  @Field(() => String, { nullable: true, description: "Who the bill is addressed to, when not the name of the account." })
  name?: string | null;

  @Field(() => String, { description: "Street and number, or a post-office box." })
  street!: string;

  @Field(() => String, { nullable: true, description: "Second line of the street." })
  street2?: string | null;

  @Field(() => String, { description: "City." })
  city!: string;

  @Field(() => String, { nullable: true, description: "State or province." })
  region?: string | null;

  @Field(() => String, { nullable: true, description: "Postal code." })
  postalCode?: string | null;

  @Field(() => String, { description: "ISO 3166 code of the country, two capital letters." })
  country!: string;
}

@InputType({ description: "A change of a customer's own data. What is left out stays as it is. The account number never changes." })
export class UpdateCustomerInput {
  @Field(() => ID, { description: "The customer." })
  customerId!: string;

  @Field(() => Int, { description: "The version you read; refused as a conflict when the customer was changed since." })
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: "Name of the account; may not be null. Payments under the old name are still recognized." })
  name?: string | null;

  @Field(() => String, { nullable: true, description: "ISO 4217 code of the currency the customer usually trades in; may not be null." })
  currency?: string | null;

  @Field(() => String, { nullable: true, description: "Code of the payment terms that new invoices get; null for none." })
  termsCode?: string | null;

  @Field(() => ShortPayPolicy, { nullable: true, description: "What becomes of unexplained short pays; may not be null." })
  shortPayPolicy?: ShortPayPolicy | null;

  @Field(() => BillToInput, { nullable: true, description: "The whole address that bills go to; null for none." })
  billTo?: BillToInput | null;

  @Field(() => [String], { nullable: true, description: "Further names that payments of this customer carry, at most 100." })
  newAliases?: string[] | null;
}

@ObjectType({ description: "The customer after the change." })
export class CustomerPayload extends MutationPayload {
  @Field(() => CustomerType, { nullable: true, description: "Null when refused." })
  readonly customer!: CustomerType | null;

  @Field(() => CustomerType, { nullable: true, description: "The customer as it is now, when somebody else changed it first; null otherwise." })
  readonly current!: CustomerType | null;
}
