import { createHash, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { type Database, only } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { transact } from "../db/transaction.ts";
import type { Actor } from "../domain/actor.ts";
import { isReceivable } from "../domain/bank-file.ts";
import { dayOf } from "../domain/dates.ts";
import { Refusal } from "../domain/refusal.ts";
import { readRemittanceMap, type RemittanceMap } from "../domain/remittance-map.ts";
import type { FileService } from "../files/file.service.ts";
import type { BankFileFormat } from "./bank-file-format.ts";
import { toJson } from "./bank-file-json.ts";
import type { BankFilePostingService } from "./bank-file-posting.service.ts";
import { type BankMoney, type BankTexts, readBankMoney } from "./bank-file-reading.ts";
import { BankFileRefused } from "./bank-file-refused.ts";
import { digestOf, type FileSource, readSource, type SourceLimits } from "../files/text-source.ts";
import { bankFilesByKeys, insertBankFile, insertBankLines, insertRefusedFile, sameBankFile, unfinishedBankFiles } from "./bank-file.sql.ts";

/** A remittance file, and the column map it is read by as JSON text; the map of the house when left out. */
export interface RemittanceSource extends FileSource {
  readonly map?: string | null | undefined;
}

/** A bank file to be loaded with the remittances that came for its receipts. */
export interface BankFileToLoad extends FileSource {
  readonly companyId: string;
  readonly format: BankFileFormat;
  readonly remittances: readonly RemittanceSource[];
}

const BANK_FILE: SourceLimits = { bytes: 8 * 1024 * 1024, legacy: true };
const REMITTANCE: SourceLimits = { bytes: 4 * 1024 * 1024, legacy: false };
const MOST_REMITTANCES = 200;

/** The map of the house, for remittances that bring none. */
const DEFAULT_MAP = readFileSync(new URL("./maps/remittance.json", import.meta.url), "utf8");

/** A file with no more receipts than this is posted before the command answers. */
const POSTED_AT_ONCE = 200;

type Key = { readonly companyId: string; readonly id: string };

/** `digest` tells the bank's money from other money, `inputDigest` also its remittances, maps and format. */
type Digests = { readonly digest: string; readonly inputDigest: string };

/** Takes in bank files: checks each as a whole, keeps its lines, and posts them one after the other. */
export class BankFileService {
  readonly #stop = new AbortController();
  readonly #running = new Map<string, Promise<void>>();

  constructor(
    private readonly db: Database,
    private readonly files: FileService,
    private readonly posting: BankFilePostingService,
    private readonly log: (id: string, error: unknown) => void,
  ) {}

  /**
   * Loads a bank file and answers with its id. Loaded again with the same remittances it is the first file, which goes on
   * where its posting stood still; with others it is refused, because its money is on the books. A file at fault is kept
   * with its fault and nothing else. A small file is posted when this answers; a large one goes on.
   */
  async load(actor: Actor, file: BankFileToLoad): Promise<string> {
    const texts = await this.#read(file);
    const digests = digestsOf(texts);
    const id = await this.#take(actor, file, texts, digests).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      return this.#refuse(actor, file, digests, error);
    });
    const { receiptCount, postedCount } = await this.#find({ companyId: file.companyId, id });
    const posting = this.#post({ companyId: file.companyId, id });
    if (receiptCount - postedCount <= POSTED_AT_ONCE) await posting;
    return id;
  }

  /** Takes up what earlier processes left unposted. */
  async resume(): Promise<void> {
    for (const key of await unfinishedBankFiles(this.db)) void this.#post(key);
  }

  /** Stops between two receipts, and answers when nothing runs any more. What is unposted goes on after the next start. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#running.values());
  }

  async #read({ companyId, format, remittances, ...bank }: BankFileToLoad): Promise<BankTexts> {
    if (remittances.length > MOST_REMITTANCES) {
      throw new Refusal("LIMIT_EXCEEDED", `A bank file comes with at most ${MOST_REMITTANCES} remittance files.`, { field: ["remittances"] });
    }
    const text = await readSource(this.files, companyId, bank, BANK_FILE);
    const read = [];
    for (const [index, remittance] of remittances.entries()) {
      const path = ["remittances", String(index)];
      const map = await inField([...path, "map"], async () => readMap(remittance.map ?? DEFAULT_MAP));
      read.push({ name: remittance.name, map, text: await inField(path, () => readSource(this.files, companyId, remittance, REMITTANCE)) });
    }
    return { format, text, remittances: read };
  }

  async #take(actor: Actor, file: BankFileToLoad, texts: BankTexts, digests: Digests): Promise<string> {
    const field = [file.fileId ? "fileId" : "content"];
    const today = dayOf(this.db.clock.now() ?? new Date());
    const money = await inField([], () => readBankMoney(this.db, file.companyId, texts, today), field);
    return this.#keep(actor, file, money, digests);
  }

  #keep(actor: Actor, { companyId, name, format }: BankFileToLoad, { bank, remittanceOf }: BankMoney, { digest, inputDigest }: Digests): Promise<string> {
    const receipts = bank.lines.filter(isReceivable).length;
    return transact(this.db, async (tx) => {
      const [accounts, notes, id] = [toJson(bank.accounts), toJson(bank.notes), newId()];
      const [added] = await insertBankFile(tx, companyId, id, name, format, digest, inputDigest, accounts, notes, bank.lines.length, receipts, actor.memberId!, tx.recordedAt);
      if (!added) {
        const first = only(await sameBankFile(tx, companyId, digest));
        if (first.inputDigest === inputDigest) return first.id;
        throw new Refusal("DUPLICATE", `The same bank lines were loaded as "${first.name}" with other remittances or another map; their money is on the books.`);
      }
      const rows = bank.lines.map(({ line: lineNo, asOf: bookedOn, ...line }, index) => {
        const remittance = remittanceOf.get(bank.lines[index]!);
        return { ...line, lineNo, bookedOn, remittance: remittance ? toJson(remittance) : null };
      });
      await insertBankLines(tx, companyId, id, rows);
      return id;
    });
  }

  /** Keeps a file at fault with its fault, in a transaction of its own, and refuses it. */
  async #refuse(actor: Actor, { companyId, name, format }: BankFileToLoad, { digest, inputDigest }: Digests, refusal: Refusal): Promise<never> {
    const refused = new BankFileRefused(refusal, companyId, newId());
    const { message, line, bankFileId } = refused;
    await transact(this.db, (tx) => insertRefusedFile(tx, companyId, bankFileId, name, format, digest, inputDigest, message, line, actor.memberId!, tx.recordedAt));
    throw refused;
  }

  async #find({ companyId, id }: Key) {
    return only(await bankFilesByKeys(this.db, [companyId], [id]));
  }

  /** Posts the rest of a file, once at a time in this process. An error is logged, and leaves the file for the next attempt. */
  #post(key: Key): Promise<void> {
    const running = this.#running.get(key.id);
    if (running) return running;
    const work = this.#find(key)
      .then((file) => this.posting.postRest(loaderOf(file), file, this.#stop.signal))
      .catch((error: unknown) => this.log(randomUUID(), error))
      .finally(() => this.#running.delete(key.id));
    this.#running.set(key.id, work);
    return work;
  }
}

/** Whoever loaded a file, as the one in whose name it is posted. What the person may do was checked when loading. */
const loaderOf = ({ memberId }: { readonly memberId: string }): Actor => ({ memberId, subject: "", operator: false, grants: new Map() });

function digestsOf({ format, text, remittances }: BankTexts): Digests {
  const digest = digestOf(text);
  const others = remittances.map((it) => `${digestOf(it.text)} ${JSON.stringify(it.map)}`).sort();
  return { digest, inputDigest: createHash("sha256").update(JSON.stringify([format, digest, others])).digest("hex") };
}

function readMap(text: string): RemittanceMap {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Refusal("MAP_INVALID", `The map is not JSON: ${(error as Error).message}`);
  }
  return readRemittanceMap(json);
}

/** Runs a check and puts the path of the input in front of the field that a refusal names, or the usual field where it names none. */
async function inField<T>(path: readonly string[], check: () => Promise<T>, usual: readonly string[] = []): Promise<T> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, message, line } = error;
    throw new Refusal(code, message, { field: [...path, ...(error.field ?? usual)], ...(line !== null && { line }) });
  }
}
