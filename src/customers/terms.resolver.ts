import { Arg, Authorized, Ctx, Mutation, Query, Resolver } from "type-graphql";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { answer } from "../graphql/payload.ts";
import type { TermsService } from "./terms.service.ts";
import { termsOfCompany } from "./terms.sql.ts";
import { CreateTermsInput, CreateTermsPayload, termsOf, TermsType, writtenTerms } from "./terms.type.ts";

@Resolver(() => TermsType)
export class TermsResolver {
  constructor(private readonly service: TermsService) {}

  @Authorized<Requirement>("receivables:read")
  @Query(() => [TermsType], { description: "The payment terms of a company, by code." })
  async terms(
    @Ctx() context: Context,
    @Arg("company", () => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." }) company: string | null,
  ): Promise<readonly TermsType[]> {
    return (await termsOfCompany(context.db, await context.company("receivables:read", company))).map(termsOf);
  }

  @Authorized<Requirement>("customer:write")
  @Mutation(() => CreateTermsPayload, { description: "Adds payment terms that invoices can name." })
  createTerms(@Ctx() context: Context, @Arg("input", () => CreateTermsInput, { description: "The terms." }) input: CreateTermsInput): Promise<Partial<CreateTermsPayload>> {
    return answer(async () => {
      const companyId = await context.company("customer:write", input.company);
      return { terms: termsOf(await this.service.create(context.actor, writtenTerms(companyId, input))) };
    });
  }
}
