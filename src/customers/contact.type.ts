import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { allowedChannels, Consent, ContactChannel, ContactRole } from "../domain/contact.ts";
import { globalId } from "../graphql/global-id.ts";
import { MutationPayload } from "../graphql/payload.ts";
import { MomentScalar } from "../graphql/scalars.ts";
import type { ContactRow } from "./contact.sql.ts";

registerEnumType(ContactRole, {
  name: "ContactRole",
  description: "What a person at a customer is there for.",
  valuesConfig: {
    ACCOUNTS_PAYABLE: { description: "Pays our invoices." },
    BUYER: { description: "Orders from us." },
    DISPUTES: { description: "Decides about deductions and disputed items." },
    EXECUTIVE: { description: "To be asked when others do not help." },
    LEGAL: { description: "Speaks for the customer in law." },
    OTHER: { description: "Anything else; the title says what." },
  },
});

registerEnumType(ContactChannel, {
  name: "ContactChannel",
  description: "A way to reach a person.",
  valuesConfig: {
    EMAIL: { description: "By e-mail." },
    PHONE: { description: "By telephone." },
    POST: { description: "By letter." },
    PORTAL: { description: "Through a portal, the customer's or ours." },
  },
});

registerEnumType(Consent, {
  name: "Consent",
  description: "Whether a person agreed to be reached by a channel.",
  valuesConfig: {
    UNKNOWN: { description: "Never asked." },
    GIVEN: { description: "Agreed." },
    WITHDRAWN: { description: "Refused, or took back what was agreed." },
  },
});

@ObjectType("ChannelWish", { description: "What a person said about a way to be reached. The latest for each channel holds; earlier ones are kept.", simpleResolvers: true })
export class ChannelWishType {
  @Field(() => ContactChannel, { description: "The channel it is about." })
  readonly channel!: ContactChannel;

  @Field(() => Consent, { description: "Whether the person agreed." })
  readonly consent!: Consent;

  @Field(() => Boolean, { description: "Whether the channel must not be used, whatever was agreed." })
  readonly doNotContact!: boolean;

  @Field(() => String, { nullable: true, description: "Name of the member who noted it; null when no member did." })
  readonly recordedBy!: string | null;

  @Field(() => MomentScalar, { description: "When it was noted." })
  readonly recordedAt!: string;
}

@ObjectType({ description: "A person to talk to at a customer.", simpleResolvers: true })
export class Contact {
  @Field(() => ID, { description: "Id of this contact." })
  readonly id!: string;

  @Field(() => String, { description: "Name of the person." })
  readonly name!: string;

  @Field(() => ContactRole, { description: "What the person is there for." })
  readonly role!: ContactRole;

  @Field(() => String, { nullable: true, description: "What the person is called there, such as head of purchasing; null when unknown." })
  readonly title!: string | null;

  @Field(() => String, { nullable: true, description: "E-mail address; null when unknown." })
  readonly email!: string | null;

  @Field(() => String, { nullable: true, description: "Telephone number; null when unknown." })
  readonly phone!: string | null;

  @Field(() => ContactChannel, { nullable: true, description: "How the person likes to be reached; null when unknown." })
  readonly channel!: ContactChannel | null;

  @Field(() => String, { nullable: true, description: "Language to write in, as a BCP 47 tag such as `de-AT`; null when unknown." })
  readonly language!: string | null;

  @Field(() => String, { nullable: true, description: "Time zone the person works in, by its IANA name such as `Europe/Vienna`; null when unknown." })
  readonly timeZone!: string | null;

  @Field(() => [ChannelWishType], { description: "What the person said about channels; a channel that nobody asked about is not listed." })
  readonly wishes!: readonly ChannelWishType[];

  @Field(() => [ContactChannel], { description: "Channels that the person's wishes leave open: no consent withdrawn, and no word not to use them." })
  readonly allowedChannels!: readonly ContactChannel[];

  @Field(() => Int, { description: "Rises with each change; pass it as `expectedVersion`." })
  readonly version!: number;
}

export const contactOf = ({ companyId, id, customerId: _customerId, ...contact }: ContactRow): Contact => ({
  id: globalId("Contact", companyId, id), ...contact, allowedChannels: allowedChannels(contact.wishes),
});

@InputType({ description: "What a person said about a way to be reached." })
export class ChannelWishInput {
  @Field(() => ContactChannel, { description: "The channel it is about." })
  channel!: ContactChannel;

  @Field(() => Consent, { defaultValue: Consent.UNKNOWN, description: "Whether the person agreed." })
  consent!: Consent;

  @Field(() => Boolean, { defaultValue: false, description: "Whether the channel must not be used, whatever was agreed." })
  doNotContact!: boolean;
}

@InputType({ description: "A person to talk to." })
export class ContactInput {
  @Field(() => String, { description: "Name of the person." })
  name!: string;

  @Field(() => ContactRole, { description: "What the person is there for." })
  role!: ContactRole;

  @Field(() => String, { nullable: true, description: "What the person is called there." })
  title?: string | null;

  @Field(() => String, { nullable: true, description: "E-mail address." })
  email?: string | null;

  @Field(() => String, { nullable: true, description: "Telephone number." })
  phone?: string | null;

  @Field(() => ContactChannel, { nullable: true, description: "How the person likes to be reached." })
  channel?: ContactChannel | null;

  @Field(() => String, { nullable: true, description: "Language to write in, as a BCP 47 tag." })
  language?: string | null;

  @Field(() => String, { nullable: true, description: "Time zone by its IANA name." })
  timeZone?: string | null;

  @Field(() => [ChannelWishInput], { defaultValue: [], description: "What the person said about channels, each at most once." })
  wishes!: ChannelWishInput[];
}

@InputType({ description: "A person to talk to at a customer that is there." })
export class AddContactInput extends ContactInput {
  @Field(() => ID, { description: "The customer." })
  customerId!: string;

  @Field(() => String, { nullable: true, description: "Sent again with the same input, the first answer is returned; with another input it is refused." })
  idempotencyKey?: string | null;
}

@InputType({ description: "A change of what is known of a person. What is left out stays as it is; null takes it away." })
export class UpdateContactInput {
  @Field(() => ID, { description: "The contact." })
  contactId!: string;

  @Field(() => Int, { description: "The version you read; refused as a conflict when the contact was changed since." })
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: "Name of the person; may not be null." })
  name?: string | null;

  @Field(() => ContactRole, { nullable: true, description: "What the person is there for; may not be null." })
  role?: ContactRole | null;

  @Field(() => String, { nullable: true, description: "What the person is called there." })
  title?: string | null;

  @Field(() => String, { nullable: true, description: "E-mail address." })
  email?: string | null;

  @Field(() => String, { nullable: true, description: "Telephone number." })
  phone?: string | null;

  @Field(() => ContactChannel, { nullable: true, description: "How the person likes to be reached." })
  channel?: ContactChannel | null;

  @Field(() => String, { nullable: true, description: "Language to write in, as a BCP 47 tag." })
  language?: string | null;

  @Field(() => String, { nullable: true, description: "Time zone by its IANA name." })
  timeZone?: string | null;

  @Field(() => [ChannelWishInput], { nullable: true, description: "What the person said about channels now. Channels that are not named stay as they were." })
  wishes?: ChannelWishInput[] | null;
}

@ObjectType({ description: "The contact after the change." })
export class ContactPayload extends MutationPayload {
  @Field(() => Contact, { nullable: true, description: "Null when refused." })
  readonly contact!: Contact | null;

  @Field(() => Contact, { nullable: true, description: "The contact as it is now, when somebody else changed it first; null otherwise." })
  readonly current!: Contact | null;
}
