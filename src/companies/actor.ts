import DataLoader from "dataloader";
import type { Database } from "../db/database.ts";
import { type Actor, grantOf, type Role } from "../domain/actor.ts";
import { type MembershipRow, membershipsOf } from "./company.sql.ts";

/** Who a token speaks for. */
export interface Identity {
  readonly subject: string;
  readonly operator: boolean;
}

/**
 * Reads what people may do, anew for every request and yet not once for each: while one read is on its way, those who come
 * wait, and the next read answers all of them together. Each is answered by a read that began after it came, so a changed role
 * counts with the next request, whichever server changed it.
 */
export class ActorReader {
  #reading: Promise<unknown> = Promise.resolve();
  readonly #memberships: DataLoader<string, readonly MembershipRow[]>;

  constructor(db: Database) {
    const read = async (subjects: readonly string[]) => {
      const rows = await membershipsOf(db, [...new Set(subjects)]);
      return subjects.map((subject) => rows.filter((row) => row.subject === subject));
    };
    const batch = (subjects: readonly string[]) => {
      const answer = read(subjects);
      this.#reading = answer.catch(() => undefined);
      return answer;
    };
    this.#memberships = new DataLoader(batch, { cache: false, batchScheduleFn: (begin) => void this.#reading.then(begin) });
  }

  /** The actor behind a token, with what every company lets that person do now. */
  async load({ subject, operator }: Identity): Promise<Actor> {
    const rows = await this.#memberships.load(subject);
    const roles = new Map<string, Role[]>();
    for (const { companyId, role } of rows) {
      if (companyId !== null && role !== null) roles.set(companyId, [...(roles.get(companyId) ?? []), role]);
    }
    const grants = new Map([...roles].map(([companyId, held]) => [companyId, grantOf(held)]));
    return { memberId: rows[0]?.memberId ?? null, subject, operator, grants };
  }
}
