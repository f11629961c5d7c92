import { Field, ID, InputType, ObjectType, registerEnumType } from "type-graphql";
import { Role } from "../domain/actor.ts";
import { globalId } from "../graphql/global-id.ts";
import { Node } from "../graphql/node.ts";
import { MutationPayload } from "../graphql/payload.ts";
import type { CompanyRow } from "./company.sql.ts";

registerEnumType(Role, {
  name: "Role",
  description: "What a person does in a company. Whoever takes the cash does not also forgive the debt, so no role may do everything.",
  valuesConfig: {
    CASH_APPLICATION_CLERK: { description: "Records payments, loads bank files and applies cash." },
    DEDUCTIONS_ANALYST: { description: "Works deductions and says what customers' reason codes mean." },
    COLLECTOR: { description: "Works past-due accounts." },
    CONTROLLER: { description: "Keeps customers, terms, invoices and the books; imports history; takes no cash." },
    FINANCE_DIRECTOR: { description: "Approves what is above the limit of a controller; works on nothing." },
    BI_READER: { description: "Reads figures, the journal included." },
    BOOKKEEPING_SERVICE: { description: "Keeps the receivables of a client company: invoices, payments and their application." },
    ADMINISTRATOR: { description: "Grants roles, keeps customers and imports history." },
  },
});

@ObjectType("Company", { description: "A creditor whose receivables are kept here.", implements: Node, simpleResolvers: true })
export class CompanyType extends Node {
  @Field(() => String, { description: "Short name to pass as `company`, unique in this installation." })
  readonly code!: string;

  @Field(() => String, { description: "Legal name." })
  readonly name!: string;

  @Field(() => String, { description: "ISO 4217 code of the currency that its books are kept in." })
  readonly functionalCurrency!: string;
}

export const companyOf = ({ id, code, name, functionalCurrency }: CompanyRow): CompanyType => ({ id: globalId("Company", id, id), code, name, functionalCurrency });

@ObjectType({ description: "A company you work in, and as what.", simpleResolvers: true })
export class Membership {
  @Field(() => CompanyType, { description: "The company." })
  readonly company!: CompanyType;

  @Field(() => [Role], { description: "Your roles there." })
  readonly roles!: readonly Role[];

  @Field(() => [String], { description: "What these roles let you do, as permission names." })
  readonly permissions!: readonly string[];
}

@ObjectType({ description: "Who you are.", simpleResolvers: true })
export class Viewer {
  @Field(() => String, { description: "The subject of your token." })
  readonly subject!: string;

  @Field(() => [Membership], { description: "The companies you work in, by code." })
  readonly memberships!: readonly Membership[];
}

@ObjectType({ description: "A person who works in a company.", simpleResolvers: true })
export class Member {
  @Field(() => ID, { description: "Id of this person in this company." })
  readonly id!: string;

  @Field(() => String, { description: "The subject that the person's tokens carry." })
  readonly subject!: string;

  @Field(() => String, { description: "Name for people." })
  readonly name!: string;

  @Field(() => [Role], { description: "Roles in this company." })
  readonly roles!: readonly Role[];
}

@InputType({ description: "A company to be founded, with its first administrator." })
export class CreateCompanyInput {
  @Field(() => String, { description: "Short name of 2 to 40 lower-case letters, digits and hyphens, unique in this installation." })
  code!: string;

  @Field(() => String, { description: "Legal name." })
  name!: string;

  @Field(() => String, { description: "ISO 4217 code of the currency that its books are kept in." })
  functionalCurrency!: string;

  @Field(() => String, { description: "Subject of the tokens of the first administrator." })
  administrator!: string;
}

@ObjectType({ description: "The founded company." })
export class CreateCompanyPayload extends MutationPayload {
  @Field(() => CompanyType, { nullable: true, description: "Null when refused." })
  readonly company!: CompanyType | null;
}

@InputType({ description: "A role to be given to a person." })
export class GrantRoleInput {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => String, { description: "Subject of the person's tokens." })
  subject!: string;

  @Field(() => String, { nullable: true, description: "Name for people; the subject when left out." })
  name?: string | null;

  @Field(() => Role, { description: "The role." })
  role!: Role;
}

@ObjectType({ description: "The members after the change." })
export class GrantRolePayload extends MutationPayload {
  @Field(() => [Member], { nullable: true, description: "Everybody who works in the company; null when refused." })
  readonly members!: readonly Member[] | null;
}
