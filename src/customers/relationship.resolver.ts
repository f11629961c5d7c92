import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { today } from "../db/today.ts";
import { parentOn } from "../domain/customer-tree.ts";
import type { Requirement } from "../graphql/auth.ts";
import { connection, ConnectionArgs, type ConnectionOf } from "../graphql/connection.ts";
import type { Context } from "../graphql/context.ts";
import { keyIn, readGlobalId } from "../graphql/global-id.ts";
import { answer } from "../graphql/payload.ts";
import { BusinessDateScalar } from "../graphql/scalars.ts";
import { childrenOfCustomer, customerById, paidByOfCustomer, parentsOfCustomer, payingById, paysForOfCustomer } from "./customer.loader.ts";
import { CustomerConnection, customerOf, CustomerType } from "./customer.type.ts";
import { CustomerPayload } from "./master-data.type.ts";
import type { RelationshipService } from "./relationship.service.ts";
import {
  AddPayingRelationshipInput, CustomerPlace, EndPayingRelationshipInput, payingOf, PayingRelationship, PayingRelationshipConnection, PayingRelationshipPayload, placeOf, SetParentInput,
} from "./relationship.type.ts";

@Resolver(() => CustomerType)
export class RelationshipResolver {
  constructor(private readonly relationships: RelationshipService) {}

  @FieldResolver(() => CustomerType, { nullable: true, description: "The customer that this one belongs to on a day; null when it stands alone." })
  async parent(
    @Root() { companyId, key }: CustomerType,
    @Ctx() context: Context,
    @Arg("on", () => BusinessDateScalar, { nullable: true, description: "The day; today when left out." }) on: string | null,
  ): Promise<CustomerType | null> {
    const parentId = parentOn((await context.load(parentsOfCustomer, companyId, key)) ?? [], key, on ?? today(context.db));
    return parentId === null ? null : customerOf(await context.require(customerById, companyId, parentId));
  }

  @FieldResolver(() => [CustomerPlace], { description: "Every place this customer had or will have in the corporate tree, in the order of recording." })
  async places(@Root() { companyId, key }: CustomerType, @Ctx() context: Context): Promise<CustomerPlace[]> {
    return ((await context.load(parentsOfCustomer, companyId, key)) ?? []).map(placeOf);
  }

  @FieldResolver(() => CustomerConnection, { nullable: true, description: "The customers right below this one today, by name." })
  async children(@Root() { companyId, key }: CustomerType, @Ctx() context: Context, @Args(() => ConnectionArgs) page: ConnectionArgs): Promise<ConnectionOf<CustomerType>> {
    return connection(await context.page(childrenOfCustomer, { companyId, id: key }, page), customerOf);
  }

  @FieldResolver(() => PayingRelationshipConnection, { nullable: true, description: "Whose debts this customer pays or paid, the last to start first." })
  async paysFor(@Root() { companyId, key }: CustomerType, @Ctx() context: Context, @Args(() => ConnectionArgs) page: ConnectionArgs): Promise<ConnectionOf<PayingRelationship>> {
    return connection(await context.page(paysForOfCustomer, { companyId, id: key }, page), payingOf);
  }

  @FieldResolver(() => PayingRelationshipConnection, { nullable: true, description: "Who pays or paid this customer's debts beside itself, the last to start first." })
  async paidBy(@Root() { companyId, key }: CustomerType, @Ctx() context: Context, @Args(() => ConnectionArgs) page: ConnectionArgs): Promise<ConnectionOf<PayingRelationship>> {
    return connection(await context.page(paidByOfCustomer, { companyId, id: key }, page), payingOf);
  }

  @Authorized<Requirement>("customer:write")
  @Mutation(() => CustomerPayload, { description: "Places a customer in the corporate tree from a day on." })
  setParent(@Ctx() context: Context, @Arg("input", () => SetParentInput, { description: "The customer and its place." }) input: SetParentInput): Promise<Partial<CustomerPayload>> {
    return answer(async () => {
      const companyId = context.companyOf("customer:write", readGlobalId(input.customerId)?.companyId);
      const customerId = keyIn("Customer", companyId, input.customerId, "customerId");
      const parentId = keyIn("Customer", companyId, input.parentId, "parentId");
      await this.relationships.setParent(context.actor, { companyId, customerId, parentId, effectiveOn: input.effectiveOn });
      return { customer: customerOf(await context.require(customerById, companyId, customerId)) };
    });
  }

  @Authorized<Requirement>("customer:write")
  @Mutation(() => PayingRelationshipPayload, { description: "Records that one customer pays what another owes." })
  addPayingRelationship(@Ctx() context: Context, @Arg("input", () => AddPayingRelationshipInput, { description: "Who pays for whom, and when." }) input: AddPayingRelationshipInput): Promise<Partial<PayingRelationshipPayload>> {
    return answer(async () => {
      const companyId = context.companyOf("customer:write", readGlobalId(input.payerId)?.companyId);
      const [payerId, customerId] = [keyIn("Customer", companyId, input.payerId, "payerId"), keyIn("Customer", companyId, input.customerId, "customerId")];
      const id = await this.relationships.addPaying(context.actor, { ...input, companyId, payerId, customerId });
      return { payingRelationship: payingOf(await context.require(payingById, companyId, id)) };
    });
  }

  @Authorized<Requirement>("customer:write")
  @Mutation(() => PayingRelationshipPayload, { description: "Records the last day on which one customer pays for another." })
  endPayingRelationship(@Ctx() context: Context, @Arg("input", () => EndPayingRelationshipInput, { description: "The relationship and its last day." }) input: EndPayingRelationshipInput): Promise<Partial<PayingRelationshipPayload>> {
    return answer(async () => {
      const companyId = context.companyOf("customer:write", readGlobalId(input.payingRelationshipId)?.companyId);
      const id = keyIn("PayingRelationship", companyId, input.payingRelationshipId, "payingRelationshipId");
      await this.relationships.endPaying(context.actor, companyId, id, input.endsOn);
      return { payingRelationship: payingOf(await context.require(payingById, companyId, id)) };
    });
  }
}

@Resolver(() => CustomerPlace)
export class CustomerPlaceResolver {
  @FieldResolver(() => CustomerType, { nullable: true, description: "The customer it belongs to from that day on; null when it stands alone." })
  async parent(@Root() { companyId, parentId }: CustomerPlace, @Ctx() context: Context): Promise<CustomerType | null> {
    return parentId === null ? null : customerOf(await context.require(customerById, companyId, parentId));
  }
}

@Resolver(() => PayingRelationship)
export class PayingRelationshipResolver {
  @FieldResolver(() => CustomerType, { description: "The customer who pays." })
  async payer(@Root() { companyId, payerId }: PayingRelationship, @Ctx() context: Context): Promise<CustomerType> {
    return customerOf(await context.require(customerById, companyId, payerId));
  }

  @FieldResolver(() => CustomerType, { description: "The customer who owes." })
  async customer(@Root() { companyId, customerId }: PayingRelationship, @Ctx() context: Context): Promise<CustomerType> {
    return customerOf(await context.require(customerById, companyId, customerId));
  }
}
