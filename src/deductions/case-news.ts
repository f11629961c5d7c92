import type { Database } from "../db/database.ts";
import type { DeductionState } from "../domain/deduction-case.ts";
import type { Sieve } from "../graphql/live.ts";
import { type CaseNewsRow, caseNewsByKeys } from "./case.sql.ts";

/** Which news of the work on deductions somebody wants. Null means any. */
export interface NewsWish {
  readonly deductionId: string | null;
  readonly ownerKey: string | null;
  /** Those after the step. */
  readonly states: readonly DeductionState[] | null;
  readonly actions: readonly string[] | null;
}

/** Activities that subscribers may still ask for. */
const REMEMBERED = 1_000;

/** Reads the activity behind an event once, however many subscribers want to know of it. */
export class CaseNews {
  readonly #read = new Map<string, Promise<CaseNewsRow | null>>();

  /** A sieve for events of deductions that changed. What somebody wants of the owner is judged when it is told. */
  sieve(db: Database, { deductionId, ownerKey, states, actions }: NewsWish): Sieve {
    return async ({ companyId, subjectId, documentId }) => {
      if (deductionId !== null && subjectId !== deductionId) return false;
      if (ownerKey === null && states === null && actions === null) return true;
      const news = documentId === null ? null : await this.#of(db, companyId, documentId);
      return news !== null && (ownerKey === null || news.ownerKey === ownerKey) && (states?.includes(news.toState) ?? true) && (actions?.includes(news.action) ?? true);
    };
  }

  #of(db: Database, companyId: string, id: string): Promise<CaseNewsRow | null> {
    const known = this.#read.get(id);
    if (known) return known;
    const read = caseNewsByKeys(db, [companyId], [id]).then(([row]) => row ?? null);
    this.#read.set(id, read);
    read.catch(() => this.#read.delete(id));
    if (this.#read.size > REMEMBERED) this.#read.delete(this.#read.keys().next().value!);
    return read;
  }
}
