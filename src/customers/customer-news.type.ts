import { ArgsType, Field, ObjectType, registerEnumType } from "type-graphql";
import { CustomerTopic } from "../domain/customer-topic.ts";
import { StreamArgs } from "../graphql/live.ts";
import { BusinessDateScalar } from "../graphql/scalars.ts";
import { CustomerType } from "./customer.type.ts";

registerEnumType(CustomerTopic, {
  name: "CustomerTopic",
  description: "What about a customer changed. Stable: values are added, never renamed.",
  valuesConfig: {
    ADDED: { description: "The customer itself is new; an import that adds customers tells only that it finished." },
    MASTER_DATA: { description: "Its name, address, currency, aliases, short-pay policy, or which terms it has." },
    CONTACTS: { description: "A person to talk to was added, or what is known of one." },
    RELATIONSHIPS: { description: "Its place in the corporate tree, or who pays for whom." },
    CREDIT_LIMIT: { description: "A decision about its credit limit." },
    HOLDS: { description: "A hold was placed or released." },
    ARRANGEMENTS: { description: "Something was agreed for a time, or ended." },
  },
});

@ArgsType()
export class CustomerNewsArgs extends StreamArgs {
  @Field(() => [CustomerTopic], { nullable: true, description: "Only changes of these; every change when left out." })
  about?: CustomerTopic[] | null;
}

@ObjectType({ description: "News of a customer.", simpleResolvers: true })
export class CustomerPush {
  @Field(() => String, { description: "Keep it: as `after` it brings what comes later." })
  readonly cursor!: string;

  @Field(() => CustomerType, { nullable: true, description: "The customer as it is now; null in a push that only brings a newer cursor." })
  readonly customer!: CustomerType | null;

  @Field(() => CustomerTopic, { nullable: true, description: "What changed; null in a push that only brings a newer cursor." })
  readonly about!: CustomerTopic | null;

  @Field(() => BusinessDateScalar, { nullable: true, description: "The day from which the change counts, such as the first day of a hold; null in a push that only brings a newer cursor." })
  readonly effectiveOn!: string | null;
}
