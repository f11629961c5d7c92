import { statement } from "../db/database.ts";
import type { Role } from "../domain/actor.ts";

/** Somebody who may work deductions. */
export interface AnalystRow {
  readonly companyId: string;
  readonly id: string;
  readonly memberId: string;
  readonly name: string;
  /** How many deductions with something open are this person's work. */
  readonly openCount: number;
}

/** The members with one of some roles, and how much work each has, by name. */
export const membersWithRoles = statement<AnalystRow, [string, readonly Role[]]>(
  "assignment.members",
  `select known.company_id as "companyId", known.id, known.member_id as "memberId", known.name,
          (select count(*)::int from deduction_case work join open_item item on item.company_id = work.company_id and item.document_id = work.deduction_id and item.kind = 'DEDUCTION'
            where work.company_id = $1 and work.owner_id = known.member_id and item.open_minor > 0) as "openCount"
     from company_member known
    where known.company_id = $1 and exists (select from member_role where company_id = $1 and member_id = known.member_id and role = any($2::text[]))
    order by known.name, known.id`,
);
