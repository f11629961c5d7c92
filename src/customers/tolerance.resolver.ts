import { Arg, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { companyById } from "../companies/company.loader.ts";
import { companyOf, CompanyType } from "../companies/company.type.ts";
import { today } from "../db/today.ts";
import { tolerancesOn } from "../domain/tolerance.ts";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { keyIn, readGlobalId } from "../graphql/global-id.ts";
import { answer } from "../graphql/payload.ts";
import { BusinessDateScalar } from "../graphql/scalars.ts";
import { customerById } from "./customer.loader.ts";
import { customerOf, CustomerType } from "./customer.type.ts";
import { tolerancesOfCompany, tolerancesOfCustomer } from "./tolerance.loader.ts";
import type { ToleranceService } from "./tolerance.service.ts";
import { SetWriteOffToleranceInput, toleranceOf, WriteOffTolerance, WriteOffTolerancePayload } from "./tolerance.type.ts";

@Resolver(() => CustomerType)
export class CustomerToleranceResolver {
  constructor(private readonly tolerances: ToleranceService) {}

  @FieldResolver(() => [WriteOffTolerance], { description: "How much of this customer's short pays is written off on a day, one in each currency: by its own decision, or else the company's." })
  async writeOffTolerances(
    @Root() { companyId, key }: CustomerType,
    @Ctx() context: Context,
    @Arg("on", () => BusinessDateScalar, { nullable: true, description: "The day; today when left out." }) on: string | null,
  ): Promise<WriteOffTolerance[]> {
    const [own, common] = await Promise.all([context.load(tolerancesOfCustomer, companyId, key), context.load(tolerancesOfCompany, companyId, companyId)]);
    return tolerancesOn([...(own ?? []), ...(common ?? [])], on ?? today(context.db)).map(toleranceOf);
  }

  @Authorized<Requirement>("credit:write")
  @Mutation(() => WriteOffTolerancePayload, { description: "Sets how much of a short pay that nobody explained is written off at once, for the whole company or for one customer." })
  setWriteOffTolerance(@Ctx() context: Context, @Arg("input", () => SetWriteOffToleranceInput, { description: "Whom it is for, and the tolerance." }) input: SetWriteOffToleranceInput): Promise<Partial<WriteOffTolerancePayload>> {
    return answer(async () => {
      const { company, customerId: id, ...tolerance } = input;
      const companyId = id && !company ? context.companyOf("credit:write", readGlobalId(id)?.companyId) : await context.company("credit:write", company);
      const customerId = keyIn("Customer", companyId, id, "customerId");
      await this.tolerances.set(context.actor, { ...tolerance, companyId, customerId });
      const customer = customerId && customerOf(await context.require(customerById, companyId, customerId));
      return { company: companyOf(await context.require(companyById, companyId, companyId)), customer: customer || null };
    });
  }
}

@Resolver(() => CompanyType)
export class CompanyToleranceResolver {
  @FieldResolver(() => [WriteOffTolerance], { description: "How much of a short pay is written off on a day, one in each currency, where nothing was decided for the customer; none by default." })
  async writeOffTolerances(
    @Root() { id }: CompanyType,
    @Ctx() context: Context,
    @Arg("on", () => BusinessDateScalar, { nullable: true, description: "The day; today when left out." }) on: string | null,
  ): Promise<WriteOffTolerance[]> {
    const { companyId } = readGlobalId(id)!;
    return tolerancesOn((await context.load(tolerancesOfCompany, companyId, companyId)) ?? [], on ?? today(context.db)).map(toleranceOf);
  }
}
