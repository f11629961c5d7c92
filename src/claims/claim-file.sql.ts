import { statement } from "../db/database.ts";
import type { Tx } from "../db/transaction.ts";

/** How files that bring claims are written. */
export const ClaimFileFormat = { X12_812: "X12_812", CSV: "CSV" } as const;
export type ClaimFileFormat = (typeof ClaimFileFormat)[keyof typeof ClaimFileFormat];

/** A file that brought claims. */
export interface NewClaimFile {
  readonly id: string;
  readonly customerId: string;
  readonly name: string;
  readonly format: ClaimFileFormat;
  /** Of its text. */
  readonly digest: string;
  /** Of its text and of how it was read. */
  readonly inputDigest: string;
  readonly knownCount: number;
  readonly skippedCount: number;
  readonly memberId: string | null;
}

export interface LoadedClaimFile extends Pick<NewClaimFile, "id" | "name" | "knownCount" | "skippedCount"> {
  readonly claimIds: readonly string[];
}

/** A file of a customer that was read in the same way before. */
export const sameClaimFile = statement<LoadedClaimFile, [string, string, string]>(
  "claimFiles.same",
  `select file.id, file.name, file.known_count as "knownCount", file.skipped_count as "skippedCount",
          array(select brought.claim_id::text from claim_of_file brought where brought.company_id = file.company_id and brought.file_id = file.id order by brought.claim_id) as "claimIds"
     from claim_file file where file.company_id = $1 and file.customer_id = $2 and file.input_digest = $3`,
);

const insert = statement<object, [string, string, string, string, string, string, string, string, number, number, string | null]>(
  "claimFiles.insert",
  `insert into claim_file (company_id, recorded_at, id, customer_id, name, format, digest, input_digest, known_count, skipped_count, member_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
);
const insertClaims = statement<object, [string, string, readonly string[]]>("claimFiles.insertClaims", `insert into claim_of_file (company_id, file_id, claim_id) select $1, $2, unnest($3::uuid[])`);

/** Keeps a file with the claims it brought, which are written by then. */
export async function insertClaimFile(tx: Tx, companyId: string, it: NewClaimFile, claimIds: readonly string[]): Promise<void> {
  await insert(tx, companyId, tx.recordedAt, it.id, it.customerId, it.name, it.format, it.digest, it.inputDigest, it.knownCount, it.skippedCount, it.memberId);
  if (claimIds.length > 0) await insertClaims(tx, companyId, it.id, claimIds);
}
