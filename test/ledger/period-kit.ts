import type { Books } from "../kit/books.ts";
import { ClosePeriodDocument, ReopenPeriodDocument, SetClosedPeriodPolicyDocument } from "../kit/gql.ts";

/** Closes a period as the controller would. */
export async function closePeriod({ app, company }: Books, from: string, to: string) {
  return (await app.query(company.as.controller, ClosePeriodDocument, { input: { from, to } })).closePeriod;
}

export async function reopenPeriod({ app, company }: Books, periodId: string) {
  return (await app.query(company.as.controller, ReopenPeriodDocument, { input: { periodId } })).reopenPeriod;
}

/** From now on, what would count in a closed period counts from the first open day. */
export async function moveToFirstOpenDay({ app, company }: Books) {
  return (await app.query(company.as.controller, SetClosedPeriodPolicyDocument, { input: { postIntoClosedPeriod: "FIRST_OPEN_DAY" } })).setClosedPeriodPolicy;
}

/** The days that facts of a company count on, in the order of recording. */
export async function daysOf({ app, company }: Books, table: "journal_entry" | "application" | "open_item"): Promise<string[]> {
  const rows = await app.db.run<{ day: string }>(`test.days.${table}`, `select fact.effective_on as day from ${table} fact join company on company.id = fact.company_id where company.code = $1 order by fact.id`, [company.code]);
  return rows.map(({ day }) => day);
}
