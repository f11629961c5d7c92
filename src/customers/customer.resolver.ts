import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import { accountKey } from "../domain/account-number.ts";
import type { Requirement } from "../graphql/auth.ts";
import { connection, ConnectionArgs, type ConnectionOf } from "../graphql/connection.ts";
import type { Context } from "../graphql/context.ts";
import { answer } from "../graphql/payload.ts";
import { aliasesOfCustomer, customerById } from "./customer.loader.ts";
import type { CustomerService } from "./customer.service.ts";
import { readCustomers } from "./customer.sql.ts";
import { CreateCustomerInput, CreateCustomerPayload, CustomerConnection, customerOf, CustomerType } from "./customer.type.ts";

@Resolver(() => CustomerType)
export class CustomerResolver {
  constructor(private readonly customers: CustomerService) {}

  @Authorized<Requirement>("receivables:read")
  @Query(() => CustomerConnection, { nullable: true, name: "customers", description: "The customers of a company, by name." })
  async list(
    @Ctx() context: Context,
    @Args(() => ConnectionArgs) page: ConnectionArgs,
    @Arg("company", () => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." }) company: string | null,
    @Arg("search", () => String, { nullable: true, description: "Part of a name or alias, or a whole account number in any spelling." }) search: string | null,
  ): Promise<ConnectionOf<CustomerType>> {
    const companyId = await context.company("receivables:read", company);
    const wanted = search?.trim() ? { text: search.trim(), accountKey: accountKey(search) } : null;
    return connection(await readCustomers(context.db, companyId, wanted, page), customerOf);
  }

  @FieldResolver(() => [String], { description: "Every name that this customer's payments and documents have carried, the account's own included." })
  async aliases(@Root() customer: CustomerType, @Ctx() context: Context): Promise<string[]> {
    return ((await context.load(aliasesOfCustomer, customer.companyId, customer.key)) ?? []).map(({ name }) => name);
  }

  @Authorized<Requirement>("customer:write")
  @Mutation(() => CreateCustomerPayload, { description: "Adds a customer." })
  createCustomer(@Ctx() context: Context, @Arg("input", () => CreateCustomerInput, { description: "The customer." }) input: CreateCustomerInput): Promise<Partial<CreateCustomerPayload>> {
    return answer(async () => {
      const { company, ...customer } = input;
      const companyId = await context.company("customer:write", company);
      const id = await this.customers.create(context.actor, { ...customer, companyId });
      return { customer: customerOf(await context.require(customerById, companyId, id)) };
    });
  }
}
