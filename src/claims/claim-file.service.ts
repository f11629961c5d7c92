import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Database } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { lockCustomers } from "../db/locks.ts";
import { today } from "../db/today.ts";
import { transact, type Tx } from "../db/transaction.ts";
import { documentKey } from "../domain/account-number.ts";
import type { Actor } from "../domain/actor.ts";
import { type ClaimMap, readClaimMap } from "../domain/claim-map.ts";
import { claimsFromRows } from "../domain/claim-rows.ts";
import { at, Refusal } from "../domain/refusal.ts";
import type { CodeList } from "../domain/standard-reasons.ts";
import { type FiledClaim, read812 } from "../domain/x12-812.ts";
import { readRows } from "../files/delimited-rows.ts";
import type { FileService } from "../files/file.service.ts";
import { digestOf, type FileSource, readSource } from "../files/text-source.ts";
import { findAccount } from "../invoices/invoice.service.ts";
import type { Tail } from "../live/tail.ts";
import { type ClaimFileFormat, insertClaimFile, sameClaimFile } from "./claim-file.sql.ts";
import { writeClaim } from "./claim-recording.ts";
import { claimsByNumbers } from "./claim-write.sql.ts";

/** A file of claims of one customer. */
export interface ClaimFileToLoad extends FileSource {
  readonly companyId: string;
  readonly account: string;
  readonly format: ClaimFileFormat;
  /** Of an 812: what BCD05 says where the customer wants money. */
  readonly flag: "D" | "C";
  /** Of a CSV file: the column map as JSON text; that of the house when left out. */
  readonly map?: string | null | undefined;
  /** The day it came in; today when left out. */
  readonly receivedOn?: string | null | undefined;
}

/** What became of a file. */
export interface ClaimsLoaded {
  /** Whether it was loaded before, and did nothing now. */
  readonly existing: boolean;
  readonly claimIds: readonly string[];
  /** Claims whose numbers were here already. */
  readonly knownCount: number;
  /** Adjustments that are no claims. */
  readonly skippedCount: number;
}

interface ReadFile {
  readonly claims: readonly FiledClaim[];
  readonly skipped: number;
  readonly codeList: CodeList | null;
}

const LIMITS = { bytes: 4 * 1024 * 1024, legacy: false } as const;
const MOST_CLAIMS = 1_000;
/** The map of the house, for files that bring none. */
const DEFAULT_MAP = readFileSync(new URL("./maps/claims.json", import.meta.url), "utf8");

/** Takes in files of claims: all of a file or none of it. */
export class ClaimFileService {
  constructor(
    private readonly db: Database,
    private readonly tail: Tail,
    private readonly files: FileService,
  ) {}

  /** Records the claims of a file. Loaded again, it records nothing; a claim whose number is here already is not recorded twice. */
  async load(actor: Actor, file: ClaimFileToLoad): Promise<ClaimsLoaded> {
    const text = await readSource(this.files, file.companyId, file, LIMITS);
    const map = file.format === "CSV" ? at({ field: ["map"] }, () => readMap(file.map ?? DEFAULT_MAP)) : null;
    const read = map ? await readCsv(text, map) : read812Claims(text, file.flag);
    if (read.claims.length > MOST_CLAIMS) throw new Refusal("LIMIT_EXCEEDED", `A file holds at most ${MOST_CLAIMS} claims; this one holds ${read.claims.length}.`);
    const digest = digestOf(text);
    const inputDigest = createHash("sha256").update(JSON.stringify([digest, file.format, map ?? file.flag])).digest("hex");
    const done = await transact(this.db, (tx) => this.#take(tx, actor, file, read, { digest, inputDigest }));
    this.tail.ring();
    return done;
  }

  async #take(tx: Tx, actor: Actor, { companyId, account, name, format, receivedOn }: ClaimFileToLoad, { claims, skipped, codeList }: ReadFile, digests: { digest: string; inputDigest: string }): Promise<ClaimsLoaded> {
    const { id: customerId, currency: usual } = await findAccount(tx, companyId, account);
    await lockCustomers(tx, companyId, [customerId]);
    const [before] = await sameClaimFile(tx, companyId, customerId, digests.inputDigest);
    if (before) return { existing: true, claimIds: before.claimIds, knownCount: before.knownCount, skippedCount: before.skippedCount };
    const numbers = claims.flatMap(({ number }) => (number ? [documentKey(number)] : []));
    const known = new Set((await claimsByNumbers(tx, companyId, customerId, numbers)).map(({ numberKey }) => numberKey));
    const claimIds: string[] = [];
    for (const { line, currency, ...claim } of claims) {
      if (claim.number && known.has(documentKey(claim.number))) continue;
      const whole = { ...claim, kind: "CLAIM", codeList: claim.customerCode ? codeList : null, currency: currency ?? usual, receivedOn: receivedOn ?? today(this.db) } as const;
      claimIds.push(await onLine(line, () => writeClaim(tx, { companyId, customerId, memberId: actor.memberId }, whole, format)));
    }
    const counts = { knownCount: claims.length - claimIds.length, skippedCount: skipped };
    await insertClaimFile(tx, companyId, { id: newId(), customerId, name, format, ...digests, ...counts, memberId: actor.memberId }, claimIds);
    return { existing: false, claimIds, ...counts };
  }
}

function read812Claims(text: string, flag: "D" | "C"): ReadFile {
  const { claims, others } = read812(text, flag);
  return { claims, skipped: others.length, codeList: "X12_426" };
}

async function readCsv(text: string, map: ClaimMap): Promise<ReadFile> {
  const [header, ...rows] = await readRows(text, map.delimiter);
  if (!header || rows.length === 0) throw new Refusal("FILE_INVALID", "The file has no row below a header.", { line: 1 });
  return { claims: claimsFromRows(map, header.cells, rows), skipped: 0, codeList: map.codeList };
}

function readMap(text: string): ClaimMap {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Refusal("MAP_INVALID", `The map is not JSON: ${(error as Error).message}`);
  }
  return readClaimMap(json);
}

/** Names the line of the claim that is refused, and no field of the command: the fault is in the file. */
async function onLine<T>(line: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(error.code, `The claim on line ${line}: ${error.message}`, { line });
  }
}
