import { companiesByIds } from "../companies/company.sql.ts";
import { contactsByCustomers } from "../customers/contact.sql.ts";
import { customersByKeys } from "../customers/customer.sql.ts";
import { type Answering, only } from "../db/database.ts";
import { type LetterDraft, unearnedDiscountLetter } from "../domain/discount-letter.ts";
import { writtenTo } from "../domain/contact.ts";
import { Refusal } from "../domain/refusal.ts";
import { explainUnearned, type ExplainedRow } from "./unearned-fate.sql.ts";

/** What a letter is to be about: deductions of one customer, or all that a customer still owes of unearned discounts. */
export interface LetterWish {
  readonly customerId: string | null;
  readonly deductionIds: readonly string[];
}

const MOST_DEDUCTIONS = 100;

/** Drafts a letter about unearned discounts. Null where a customer owes nothing of any, and where nothing is named. Refuses deductions that are something else, or of several customers. */
export async function draftDiscountLetter(db: Answering, companyId: string, { customerId, deductionIds }: LetterWish): Promise<(LetterDraft & { readonly to: string | null }) | null> {
  if (customerId === null && deductionIds.length === 0) return null;
  if (customerId !== null && deductionIds.length > 0) throw new Refusal("VALUE_INVALID", "Name a customer or deductions, not both.", { field: ["customerId"] });
  if (deductionIds.length > MOST_DEDUCTIONS) throw new Refusal("LIMIT_EXCEEDED", `A letter is about ${MOST_DEDUCTIONS} deductions at most.`, { field: ["deductionIds"] });
  const rows = await explainUnearned(db, companyId, customerId, deductionIds);
  const items = rows.filter((it): it is ExplainedRow & { readonly discountOn: string } => it.discountOn !== null);
  const explained = new Set(items.map((it) => it.deductionId));
  if (deductionIds.some((id) => !explained.has(id))) {
    throw new Refusal("NOT_FOUND", "Not all of these are deductions of this company for an unearned discount on an invoice that offered one.", { field: ["deductionIds"] });
  }
  const [first] = items;
  if (!first) return null;
  if (items.some((it) => it.customerId !== first.customerId)) throw new Refusal("VALUE_INVALID", "The deductions are of several customers; write to each.", { field: ["deductionIds"] });
  const [companies, customers, contacts] = await Promise.all([
    companiesByIds(db, [companyId]), customersByKeys(db, [companyId], [first.customerId]), contactsByCustomers(db, [companyId], [first.customerId]),
  ]);
  const contact = writtenTo(contacts);
  const draft = unearnedDiscountLetter({ company: only(companies).name, customer: only(customers).name, contact: contact?.name ?? null }, items);
  return { ...draft, to: contact?.email ?? null };
}
