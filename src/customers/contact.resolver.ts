import { Arg, Authorized, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { Refusal } from "../domain/refusal.ts";
import type { Requirement } from "../graphql/auth.ts";
import type { Context } from "../graphql/context.ts";
import { keyIn, readGlobalId } from "../graphql/global-id.ts";
import { answer } from "../graphql/payload.ts";
import type { ContactFacts, ContactService } from "./contact.service.ts";
import { AddContactInput, Contact, contactOf, ContactPayload, UpdateContactInput } from "./contact.type.ts";
import { contactById, contactsOfCustomer } from "./customer.loader.ts";
import { CustomerType } from "./customer.type.ts";

@Resolver(() => CustomerType)
export class ContactResolver {
  constructor(private readonly people: ContactService) {}

  @FieldResolver(() => [Contact], { description: "People to talk to." })
  async contacts(@Root() customer: CustomerType, @Ctx() context: Context): Promise<Contact[]> {
    return ((await context.load(contactsOfCustomer, customer.companyId, customer.key)) ?? []).map(contactOf);
  }

  @Authorized<Requirement>("customer:write")
  @Mutation(() => ContactPayload, { description: "Adds a person to talk to at a customer." })
  addContact(@Ctx() context: Context, @Arg("input", () => AddContactInput, { description: "The customer and the person." }) input: AddContactInput): Promise<Partial<ContactPayload>> {
    return answer(async () => {
      const companyId = context.companyOf("customer:write", readGlobalId(input.customerId)?.companyId);
      const id = await this.people.add(context.actor, { ...input, companyId, customerId: keyIn("Customer", companyId, input.customerId, "customerId") });
      return { contact: contactOf(await context.require(contactById, companyId, id)) };
    });
  }

  @Authorized<Requirement>("customer:write")
  @Mutation(() => ContactPayload, { description: "Changes what is known of a person, or what the person said about being reached." })
  updateContact(@Ctx() context: Context, @Arg("input", () => UpdateContactInput, { description: "The contact, and what changes." }) input: UpdateContactInput): Promise<Partial<ContactPayload>> {
    return answer(async () => {
      const companyId = context.companyOf("customer:write", readGlobalId(input.contactId)?.companyId);
      const contactId = keyIn("Contact", companyId, input.contactId, "contactId");
      await this.people.update(context.actor, { ...(input as UpdateContactInput & ContactFacts), companyId, contactId });
      return { contact: contactOf(await context.require(contactById, companyId, contactId)) };
    }, (refusal) => asItIsNow(context, refusal, input.contactId));
  }
}

/** The contact that somebody else changed first. */
async function asItIsNow(context: Context, { code }: Refusal, id: string): Promise<Partial<ContactPayload>> {
  const found = code === "CONFLICT" && readGlobalId(id);
  return found ? { current: contactOf(await context.require(contactById, found.companyId, found.key)) } : {};
}
