import { statement } from "../db/database.ts";
import type { Role } from "../domain/actor.ts";

/** A company as the graph shows it. */
export interface CompanyRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly functionalCurrency: string;
}

export const companiesByIds = statement<CompanyRow, [readonly string[]]>(
  "companies.byIds",
  `select id, code, name, functional_currency as "functionalCurrency" from company where id = any($1::uuid[]) order by code`,
);

export const companyIdByCode = statement<{ id: string }, [string]>("companies.byCode", `select id from company where code = $1`);

/** A member and one of the member's roles; a member without roles is one row with nulls. */
export interface MembershipRow {
  readonly subject: string;
  readonly memberId: string;
  readonly companyId: string | null;
  readonly role: Role | null;
}

export const membershipsOf = statement<MembershipRow, [readonly string[]]>(
  "members.roles",
  `select member.subject, member.id as "memberId", member_role.company_id as "companyId", member_role.role
     from member left join member_role on member_role.member_id = member.id
    where member.subject = any($1::text[])`,
);

/** Finds or adds a person by the subject of the person's tokens. A person may work in several companies. */
export const insertMember = statement<{ id: string }, [string, string, string]>(
  "members.insert",
  `insert into member (id, subject, recorded_at) values ($1, $2, $3) on conflict (subject) do update set subject = excluded.subject returning id`,
);

/** What a company calls a person; without a name, what it called the person before, or the subject. */
export const nameMember = statement<object, [string, string, string, string | null, string, string]>(
  "members.name",
  `insert into company_member (company_id, id, member_id, name, recorded_at) values ($1, $2, $3, coalesce($4, $5), $6)
   on conflict (company_id, member_id) do update set name = coalesce($4, company_member.name)`,
);

export const insertRole = statement<object, [string, string, Role, string]>(
  "members.grant",
  `insert into member_role (company_id, member_id, role, recorded_at) values ($1, $2, $3, $4) on conflict do nothing`,
);

/** A member of a company, with all roles there. The id is the company's own for this person. */
export interface MemberRow {
  readonly id: string;
  readonly subject: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

export const membersOf = statement<MemberRow, [string]>(
  "members.ofCompany",
  `select known.id, member.subject, known.name, array_agg(member_role.role order by member_role.role) as roles
     from member_role
     join company_member known on known.company_id = member_role.company_id and known.member_id = member_role.member_id
     join member on member.id = member_role.member_id
    where member_role.company_id = $1 group by known.company_id, known.id, member.id order by member.subject`,
);
