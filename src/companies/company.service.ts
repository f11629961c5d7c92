import { only } from "../db/database.ts";
import type { Database } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { transact, type Tx } from "../db/transaction.ts";
import type { Actor } from "../domain/actor.ts";
import { Role } from "../domain/actor.ts";
import { exponentOf } from "../domain/money.ts";
import { at, Refusal } from "../domain/refusal.ts";
import { Company } from "./company.entity.ts";
import { companyIdByCode, type CompanyRow, insertMember, insertRole, type MemberRow, membersOf, nameMember } from "./company.sql.ts";

/** A company to be founded. */
export interface NewCompany {
  readonly code: string;
  readonly name: string;
  readonly functionalCurrency: string;
  readonly administrator: string;
}

/** A role to be given to a person, by the subject of the person's tokens. */
export interface NewRole {
  readonly companyId: string;
  readonly subject: string;
  readonly name: string | null | undefined;
  readonly role: Role;
}

export class CompanyService {
  constructor(private readonly db: Database) {}

  /** Founds a company and makes its first administrator. For the operator of the installation, who is not thereby a member. */
  async create(_actor: Actor, company: NewCompany): Promise<CompanyRow> {
    const { code, name, functionalCurrency, administrator } = company;
    if (!/^[a-z0-9-]{2,40}$/.test(code)) {
      throw new Refusal("VALUE_INVALID", "A company code has 2 to 40 lower-case letters, digits and hyphens.", { field: ["code"] });
    }
    at({ field: ["functionalCurrency"] }, () => exponentOf(functionalCurrency));
    requireText(name, "name");
    requireText(administrator, "administrator");
    return transact(this.db, async (tx) => {
      if ((await companyIdByCode(tx, code)).length > 0) throw new Refusal("DUPLICATE", `There is a company called "${code}" already.`, { field: ["code"] });
      const row = { id: newId(), code, name, functionalCurrency };
      await tx.manager.insert(Company, { ...row, recordedAt: tx.recordedAt });
      await admit(tx, { companyId: row.id, subject: administrator, name: null, role: Role.ADMINISTRATOR });
      return row;
    });
  }

  /** Gives a person a role in a company. A role the person has already changes nothing. */
  grant(_actor: Actor, { companyId, subject, name, role }: NewRole): Promise<MemberRow[]> {
    requireText(subject, "subject");
    if (subject.startsWith("api-key:")) throw new Refusal("VALUE_INVALID", "A key holds what it was made with and takes no role.", { field: ["subject"] });
    return transact(this.db, async (tx) => {
      await admit(tx, { companyId, subject, name, role });
      return membersOf(tx, companyId);
    });
  }
}

async function admit(tx: Tx, { companyId, subject, name, role }: NewRole): Promise<void> {
  const member = only(await insertMember(tx, newId(), subject, tx.recordedAt));
  await nameMember(tx, companyId, newId(), member.id, name ?? null, subject, tx.recordedAt);
  await insertRole(tx, companyId, member.id, role, tx.recordedAt);
}

function requireText(text: string, field: string): void {
  if (text.trim() === "" || text.length > 300) throw new Refusal("VALUE_INVALID", `${field} has 1 to 300 characters.`, { field: [field] });
}
