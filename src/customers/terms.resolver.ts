import { Arg, Args, ArgsType, Authorized, Ctx, Field, FieldResolver, Mutation, Query, Resolver, Root, Subscription } from "type-graphql";
import { EventKind } from "../domain/events.ts";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { openStream } from "../graphql/live.ts";
import { answer } from "../graphql/payload.ts";
import { cursorOf } from "../live/cursor.ts";
import type { StreamStep } from "../live/stream.ts";
import { CreateTermsInput, RetireTermsInput, TermsPayload, UpdateTermsInput, writtenTerms } from "./terms-commands.type.ts";
import { formersOfTerms, termsById } from "./terms.loader.ts";
import type { TermsService } from "./terms.service.ts";
import { termsOfCompany } from "./terms.sql.ts";
import { formerTermsOf, FormerTermsType, termsOf, TermsPush, TermsType } from "./terms.type.ts";

@ArgsType()
class TermsNewsArgs {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => String, { nullable: true, description: "Cursor of the last push you kept: what you missed since comes first, each exactly once and in order. Left out, only what happens from now on." })
  after?: string | null;
}

@Resolver(() => TermsType)
export class TermsResolver {
  constructor(private readonly service: TermsService) {}

  @Authorized<Requirement>("receivables:read")
  @Query(() => [TermsType], { description: "The payment terms of a company, by code; retired ones too." })
  async terms(
    @Ctx() context: Context,
    @Arg("company", () => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." }) company: string | null,
  ): Promise<readonly TermsType[]> {
    return (await termsOfCompany(context.db, await context.company("receivables:read", company))).map(termsOf);
  }

  @FieldResolver(() => [FormerTermsType], { description: "What they said before each change, the latest first; empty when they were never changed." })
  async former(@Root() { companyId, key }: TermsType, @Ctx() context: Context): Promise<FormerTermsType[]> {
    return ((await context.load(formersOfTerms, companyId, key)) ?? []).map(formerTermsOf);
  }

  @Authorized<Requirement>("customer:write")
  @Mutation(() => TermsPayload, { description: "Adds payment terms that invoices can name." })
  createTerms(@Ctx() context: Context, @Arg("input", () => CreateTermsInput, { description: "The terms." }) input: CreateTermsInput): Promise<Partial<TermsPayload>> {
    return answer(async () => {
      const companyId = await context.company("customer:write", input.company);
      return { terms: termsOf(await this.service.create(context.actor, writtenTerms(companyId, input))) };
    });
  }

  @Authorized<Requirement>("customer:write")
  @Mutation(() => TermsPayload, { description: "Changes what terms say for invoices that are issued from now on. Invoices on the books keep their due dates, installments and discounts." })
  updateTerms(@Ctx() context: Context, @Arg("input", () => UpdateTermsInput, { description: "The terms as they shall be." }) { expectedVersion, ...input }: UpdateTermsInput): Promise<Partial<TermsPayload>> {
    return answer(async () => {
      const companyId = await context.company("customer:write", input.company);
      return { terms: termsOf(await this.service.update(context.actor, writtenTerms(companyId, input), expectedVersion)) };
    });
  }

  @Authorized<Requirement>("customer:write")
  @Mutation(() => TermsPayload, { description: "Retires terms: no customer, arrangement or invoice is given them any more. Those that have them go on by them." })
  retireTerms(@Ctx() context: Context, @Arg("input", () => RetireTermsInput, { description: "The terms." }) { company, code, expectedVersion }: RetireTermsInput): Promise<Partial<TermsPayload>> {
    return answer(async () => ({ terms: termsOf(await this.service.retire(context.actor, await context.company("customer:write", company), code, expectedVersion)) }));
  }

  @Authorized<Requirement>("receivables:read")
  @Subscription(() => TermsPush, {
    description: "Payment terms as they are added, changed or retired.",
    subscribe: ({ args, context }) => openStream(context as Context, "receivables:read", [EventKind.TERMS_CHANGED], args as TermsNewsArgs),
  })
  async termsChanged(@Root() { position, event }: StreamStep, @Ctx() context: Context, @Args(() => TermsNewsArgs) _args: TermsNewsArgs): Promise<TermsPush> {
    const row = event && (await context.require(termsById, event.companyId, event.subjectId));
    return { cursor: cursorOf(position), terms: row && termsOf(row) };
  }
}
