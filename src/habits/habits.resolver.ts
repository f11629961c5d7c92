import { Args, Authorized, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { companyById } from "../companies/company.loader.ts";
import { CustomerType } from "../customers/customer.type.ts";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { readHabitBook } from "./habit-book.ts";
import { checkQuestion } from "./habit-question.ts";
import { HabitRow, HabitRowArgs, habitRowsOf } from "./habit-row.type.ts";
import { habitsOfCustomer } from "./habits.loader.ts";
import { CustomerHabitArgs, PaymentHabits, paymentHabitsOf } from "./habits.type.ts";

@Resolver(() => CustomerType)
export class HabitsResolver {
  @FieldResolver(() => PaymentHabits, { description: "How the customer pays: from cash applied to its invoices in a window that ends on a business day, as the books knew it at a moment." })
  async habits(@Root() { companyId, key }: CustomerType, @Ctx() context: Context, @Args(() => CustomerHabitArgs) args: CustomerHabitArgs): Promise<PaymentHabits> {
    const habits = await context.loadAsked(habitsOfCustomer, checkQuestion(args), companyId, key);
    if (!habits) throw new Error(`There are no habits of the customer ${key}.`);
    return paymentHabitsOf(habits);
  }

  @Authorized<Requirement>("receivables:read")
  @Query(() => [HabitRow], { description: "How the customers of a company pay, as flat rows of scalars by name and currency, for reports and spreadsheets." })
  async habitRows(@Ctx() context: Context, @Args(() => HabitRowArgs) args: HabitRowArgs): Promise<HabitRow[]> {
    const companyId = await context.company("receivables:read", args.company);
    const { code } = await context.require(companyById, companyId, companyId);
    return habitRowsOf(await readHabitBook(context.db, companyId, checkQuestion(args), args), code);
  }
}
