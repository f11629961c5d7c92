import { type Database, only } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { transact } from "../db/transaction.ts";
import type { Actor } from "../domain/actor.ts";
import { keyPermissions } from "../domain/key-permissions.ts";
import { Refusal } from "../domain/refusal.ts";
import { type ApiKeyRow, apiKeyByKey, insertApiKey, presentedKey, revokeApiKeyRow, touchApiKey } from "./api-key.sql.ts";
import { freshKey, matches, readKey } from "./api-key.ts";
import { insertMember, nameMember } from "./company.sql.ts";

/** A key to be made. Without permissions it only reads; without an end it lasts until it is revoked. */
export interface NewApiKey {
  readonly companyId: string;
  readonly name: string;
  readonly permissions?: readonly string[] | null | undefined;
  readonly expiresAt?: string | null | undefined;
}

/** The actor that a key is, and until when; null for one without an end. */
export interface KeyHolder {
  readonly actor: Actor;
  readonly expiresAt: Date | null;
}

const MINUTE = 60_000;
/** Compared with when no key has the prefix, so that the answer takes as long as for one that has. */
const NOBODY = "0".repeat(64);

export class ApiKeyService {
  /** When this process last noted the use of each key. */
  readonly #noted = new Map<string, number>();
  readonly #noting = new Set<Promise<void>>();

  constructor(
    private readonly db: Database,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Makes a key of a company. The token is in the answer and nowhere else. */
  async create(actor: Actor, { companyId, name, permissions: asked, expiresAt = null }: NewApiKey): Promise<{ key: ApiKeyRow; token: string }> {
    if (name.trim() === "" || name.length > 300) throw new Refusal("VALUE_INVALID", "A name has 1 to 300 characters.", { field: ["name"] });
    const permissions = keyPermissions(asked);
    if (expiresAt !== null && Date.parse(expiresAt) <= this.#now()) throw new Refusal("DATE_INVALID", "The key would have expired already.", { field: ["expiresAt"] });
    return transact(this.db, async (tx) => {
      const { token, prefix, hash } = freshKey();
      const id = newId();
      const subject = `api-key:${id}`;
      await insertMember(tx, id, subject, tx.recordedAt);
      await nameMember(tx, companyId, newId(), id, name, subject, tx.recordedAt);
      await insertApiKey(tx, companyId, id, name, prefix, hash, permissions, actor.memberId!, expiresAt, tx.recordedAt);
      return { key: only(await apiKeyByKey(tx, companyId, id)), token };
    });
  }

  /** Ends a key for good. One that is revoked already stays revoked as it was. */
  revoke(actor: Actor, companyId: string, id: string): Promise<ApiKeyRow> {
    return transact(this.db, async (tx) => {
      await revokeApiKeyRow(tx, companyId, id, tx.recordedAt, actor.memberId!);
      const [key] = await apiKeyByKey(tx, companyId, id);
      if (!key) throw new Refusal("NOT_FOUND", "There is no such key in this company.", { field: ["apiKeyId"] });
      return key;
    });
  }

  /** Who a key speaks for; null when it is forged, revoked or expired. Its use is noted, and nobody waits for that. */
  async admit(token: string): Promise<KeyHolder | null> {
    const read = readKey(token);
    if (!read) return null;
    const [key] = await presentedKey(this.db, read.prefix);
    if (!matches(read.secret, key?.hash ?? NOBODY) || !key) return null;
    const expiresAt = key.expiresAt === null ? null : new Date(key.expiresAt);
    if (expiresAt && expiresAt.getTime() <= this.#now()) return null;
    this.#note(key.companyId, key.id);
    const grants = new Map([[key.companyId, { roles: [], permissions: new Set(key.permissions) }]]);
    return { actor: { memberId: key.id, subject: `api-key:${key.id}`, operator: false, grants }, expiresAt };
  }

  /** Waits until every use that was noted is written. */
  async stop(): Promise<void> {
    await Promise.all(this.#noting);
  }

  /** Writes down that a key was used, at most once a minute. */
  #note(companyId: string, id: string): void {
    const now = this.#now();
    if (now - (this.#noted.get(id) ?? -Infinity) < MINUTE) return;
    this.#noted.set(id, now);
    const noting: Promise<void> = touchApiKey(this.db, companyId, id, new Date(now))
      .then(() => {}, this.onError)
      .finally(() => this.#noting.delete(noting));
    this.#noting.add(noting);
  }

  #now(): number {
    return (this.db.clock.now() ?? new Date()).getTime();
  }
}
