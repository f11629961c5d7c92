import { ArgsType, Field, ID, ObjectType } from "type-graphql";

@ArgsType()
export class DiscountLetterArgs {
  @Field(() => String, { nullable: true, description: "Code of the company; may be left out by those who work in one." })
  company?: string | null;

  @Field(() => ID, { nullable: true, description: "A customer, for all its unearned discounts of which something is still to be paid. Not together with `deductionIds`." })
  customerId?: string | null;

  @Field(() => [ID], { nullable: true, description: "Deductions of one customer that are unearned discounts, 100 at most, whatever became of them. Not together with `customerId`." })
  deductionIds?: string[] | null;
}

@ObjectType({ description: "A draft of an e-mail that explains to a customer which cash discounts it took without earning them. Nothing is sent and nothing is kept.", simpleResolvers: true })
export class UnearnedDiscountLetter {
  @Field(() => String, { nullable: true, description: "E-mail address of the contact for disputes, or else for payables, who does not refuse e-mails; null where there is none." })
  readonly to!: string | null;

  @Field(() => String, { description: "The subject line." })
  readonly subject!: string;

  @Field(() => String, { description: "The text in plain English, with line breaks: for each invoice its date, its terms in words, the last day for the discount, the day it was paid, how many days late, the discount taken, and what is still to be paid." })
  readonly text!: string;
}
