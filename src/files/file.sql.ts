import { statement } from "../db/database.ts";

/** What a file is for: to be read by one command, or to be kept. */
export const FilePurpose = { LOAD: "LOAD", EVIDENCE: "EVIDENCE" } as const;
export type FilePurpose = (typeof FilePurpose)[keyof typeof FilePurpose];

/** A file that was uploaded. */
export interface StoredFileRow {
  readonly companyId: string;
  readonly id: string;
  readonly name: string;
  /** What its sender said it is, such as `application/pdf`. */
  readonly contentType: string;
  readonly purpose: FilePurpose;
  readonly bytes: bigint;
  /** SHA-256 of its content, in hexadecimal digits. */
  readonly digest: string;
}

export const insertFile = statement<object, [string, string, string, string, FilePurpose, bigint, string, string, string]>(
  "files.insert",
  `insert into stored_file (company_id, id, name, content_type, purpose, bytes, digest, member_id, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
);

const COLUMNS = `file.company_id as "companyId", file.id, file.name, file.content_type as "contentType", file.purpose, file.bytes, file.digest`;

export const fileByKey = statement<StoredFileRow, [string, string]>("files.byKey", `select ${COLUMNS} from stored_file file where file.company_id = $1 and file.id = $2`);

export const filesByKeys = statement<StoredFileRow, [readonly string[], readonly string[]]>(
  "files.byKeys",
  `select ${COLUMNS} from stored_file file join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on file.company_id = key.company_id and file.id = key.id`,
);

/** Claims a content for a company; answers with nothing where the company has it already. */
export const insertContent = statement<{ digest: string }, [string, string, bigint, string]>(
  "files.insertContent",
  `insert into file_content (company_id, digest, bytes, recorded_at) values ($1, $2, $3, $4) on conflict do nothing returning digest`,
);

export const insertPart = statement<object, [string, string, number, Buffer]>(
  "files.insertPart",
  `insert into file_content_part (company_id, digest, part_no, content) values ($1, $2, $3, $4)`,
);

/** One part of a content, counted from 0; nothing after the last. */
export const partOfContent = statement<{ content: Uint8Array }, [string, string, number]>(
  "files.part",
  `select content from file_content_part where company_id = $1 and digest = $2 and part_no = $3`,
);
