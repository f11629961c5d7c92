import { Arg, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { Refusal } from "../domain/refusal.ts";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { keyIn, readGlobalId } from "../graphql/global-id.ts";
import { answer } from "../graphql/payload.ts";
import { billToOfCustomer, changesOfCustomer, customerById } from "./customer.loader.ts";
import { customerOf, CustomerType } from "./customer.type.ts";
import type { MasterDataService } from "./master-data.service.ts";
import { billToOf, BillToType, changeOf, CustomerChange, CustomerPayload, UpdateCustomerInput } from "./master-data.type.ts";

@Resolver(() => CustomerType)
export class MasterDataResolver {
  constructor(private readonly masterData: MasterDataService) {}

  @FieldResolver(() => BillToType, { nullable: true, description: "The address that bills go to; null when unknown." })
  async billTo(@Root() { companyId, key }: CustomerType, @Ctx() context: Context): Promise<BillToType | null> {
    const row = await context.load(billToOfCustomer, companyId, key);
    return row && billToOf(row);
  }

  @FieldResolver(() => [CustomerChange], { description: "Who changed the customer's own data and its contacts, latest first; at most 200." })
  async changes(@Root() { companyId, key }: CustomerType, @Ctx() context: Context): Promise<CustomerChange[]> {
    return ((await context.load(changesOfCustomer, companyId, key)) ?? []).map(changeOf);
  }

  @Authorized<Requirement>("customer:write")
  @Mutation(() => CustomerPayload, { description: "Changes a customer's own data." })
  updateCustomer(@Ctx() context: Context, @Arg("input", () => UpdateCustomerInput, { description: "The customer, and what changes." }) input: UpdateCustomerInput): Promise<Partial<CustomerPayload>> {
    const companyId = readGlobalId(input.customerId)?.companyId;
    return answer(async () => {
      const own = context.companyOf("customer:write", companyId);
      const customerId = keyIn("Customer", own, input.customerId, "customerId");
      await this.masterData.update(context.actor, { ...input, companyId: own, customerId });
      return { customer: customerOf(await context.require(customerById, own, customerId)) };
    }, (refusal) => asItIsNow(context, refusal, input.customerId));
  }
}

/** The customer that somebody else changed first. */
async function asItIsNow(context: Context, { code }: Refusal, id: string): Promise<Partial<CustomerPayload>> {
  const found = code === "CONFLICT" && readGlobalId(id);
  return found ? { current: customerOf(await context.require(customerById, found.companyId, found.key)) } : {};
}
