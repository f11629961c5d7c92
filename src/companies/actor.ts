import type { Database } from "../db/database.ts";
import { type Actor, grantOf, type Role } from "../domain/actor.ts";
import { membershipsOf } from "./company.sql.ts";

/** Who a token speaks for. */
export interface Identity {
  readonly subject: string;
  readonly operator: boolean;
}

/** The actor behind a token, with what every company lets that person do today. */
export async function loadActor(db: Database, { subject, operator }: Identity): Promise<Actor> {
  const rows = await membershipsOf(db, subject);
  const roles = new Map<string, Role[]>();
  for (const { companyId, role } of rows) {
    if (companyId !== null && role !== null) roles.set(companyId, [...(roles.get(companyId) ?? []), role]);
  }
  const grants = new Map([...roles].map(([companyId, held]) => [companyId, grantOf(held)]));
  return { memberId: rows[0]?.memberId ?? null, subject, operator, grants };
}
