import { statement } from "../db/database.ts";

/** A file that was uploaded and lies in the spool. */
export interface StoredFileRow {
  readonly companyId: string;
  readonly id: string;
  readonly name: string;
  readonly bytes: bigint;
  readonly digest: string;
}

export const insertFile = statement<object, [string, string, string, number, string, string, string]>(
  "files.insert",
  `insert into stored_file (company_id, id, name, bytes, digest, member_id, recorded_at) values ($1, $2, $3, $4, $5, $6, $7)`,
);

export const fileByKey = statement<StoredFileRow, [string, string]>(
  "files.byKey",
  `select company_id as "companyId", id, name, bytes, digest from stored_file where company_id = $1 and id = $2`,
);
