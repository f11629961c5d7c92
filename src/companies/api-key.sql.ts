import { type Answering, statement } from "../db/database.ts";
import { Conditions, type List, type Page, type PageArgs, readPage } from "../db/page.ts";
import type { Permission } from "../domain/actor.ts";

/** A key as the graph shows it. Moments are text; people are what the company calls them. */
export interface ApiKeyRow {
  readonly companyId: string;
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly permissions: readonly Permission[];
  readonly createdBy: string;
  readonly recordedAt: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
  readonly revokedBy: string | null;
  readonly lastUsedAt: string | null;
}

const COLUMNS = `api_key.company_id as "companyId", api_key.id, api_key.name, api_key.prefix, api_key.permissions, creator.name as "createdBy",
  api_key.recorded_at as "recordedAt", api_key.expires_at as "expiresAt", api_key.revoked_at as "revokedAt", revoker.name as "revokedBy", api_key.last_used_at as "lastUsedAt"`;

const FROM = `api_key
  join company_member creator on creator.company_id = api_key.company_id and creator.member_id = api_key.created_by
  left join company_member revoker on revoker.company_id = api_key.company_id and revoker.member_id = api_key.revoked_by`;

const KEYS: List<ApiKeyRow> = {
  name: "apiKeys.list",
  columns: COLUMNS,
  from: FROM,
  order: [{ sql: "api_key.recorded_at", cast: "timestamptz" }, { sql: "api_key.id", cast: "uuid" }],
  descending: true,
  keys: ({ recordedAt, id }) => [recordedAt, id],
};

/** The keys of a company, the newest first, revoked ones too. */
export function readApiKeys(on: Answering, companyId: string, args: PageArgs): Promise<Page<ApiKeyRow>> {
  return readPage(on, KEYS, new Conditions().add("api_key.company_id = ?", companyId), args);
}

export const apiKeyByKey = statement<ApiKeyRow, [string, string]>("apiKeys.byKey", `select ${COLUMNS} from ${FROM} where api_key.company_id = $1 and api_key.id = $2`);

export const insertApiKey = statement<object, [string, string, string, string, string, readonly Permission[], string, string | null, string]>(
  "apiKeys.insert",
  `insert into api_key (company_id, id, name, prefix, hash, permissions, created_by, expires_at, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
);

/** Ends a key. One that was ended before stays as it was. */
export const revokeApiKeyRow = statement<object, [string, string, string, string]>(
  "apiKeys.revoke",
  `update api_key set revoked_at = $3, revoked_by = $4 where company_id = $1 and id = $2 and revoked_at is null`,
);

/** What is needed to let a key in. */
export interface PresentedKey {
  readonly companyId: string;
  readonly id: string;
  readonly hash: string;
  readonly permissions: readonly Permission[];
  readonly expiresAt: string | null;
  readonly lastUsedAt: string | null;
}

/** The key with a prefix, unless it was revoked. Expiry is the caller's to judge, by the clock of the house. */
export const presentedKey = statement<PresentedKey, [string]>(
  "apiKeys.presented",
  `select company_id as "companyId", id, hash, permissions, expires_at as "expiresAt", last_used_at as "lastUsedAt" from api_key where prefix = $1 and revoked_at is null`,
);

/** Notes that a key was used, unless another process noted it within the last minute. */
export const touchApiKey = statement<object, [string, string, Date]>(
  "apiKeys.touch",
  `update api_key set last_used_at = $3 where company_id = $1 and id = $2 and (last_used_at is null or last_used_at <= $3::timestamptz - interval '1 minute')`,
);
