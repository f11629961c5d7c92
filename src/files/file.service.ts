import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, mkdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Database } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { transact } from "../db/transaction.ts";
import type { Actor } from "../domain/actor.ts";
import { Refusal } from "../domain/refusal.ts";
import { fileByKey, insertFile, type StoredFileRow } from "./file.sql.ts";

/** The largest file that is taken in. */
export const LARGEST_FILE = 256 * 1024 * 1024;

/** Keeps uploaded files in a spool folder until a command reads them. */
export class FileService {
  constructor(
    private readonly db: Database,
    private readonly spool: string,
  ) {}

  /** Streams a file into the spool and records it. Refuses one that is too large or empty, and leaves nothing of it. */
  async store(actor: Actor, companyId: string, name: string, content: Readable): Promise<StoredFileRow> {
    if (name.trim() === "" || name.length > 300) throw new Refusal("VALUE_INVALID", "A file name has 1 to 300 characters.", { field: ["name"] });
    const id = newId();
    const path = this.#path(companyId, id);
    mkdirSync(dirname(path), { recursive: true });
    try {
      const { bytes, digest } = await spool(content, path);
      if (bytes === 0) throw new Refusal("FILE_INVALID", "The file is empty.");
      await transact(this.db, (tx) => insertFile(tx, companyId, id, name, bytes, digest, actor.memberId!, tx.recordedAt));
      return { companyId, id, name, bytes: BigInt(bytes), digest };
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }

  /** A stored file of a company. Refuses one that is not there. */
  async find(companyId: string, id: string): Promise<StoredFileRow> {
    const [file] = await fileByKey(this.db, companyId, id);
    if (!file) throw new Refusal("NOT_FOUND", "There is no such file in this company.", { field: ["fileId"] });
    return file;
  }

  /** The content of a stored file. */
  read({ companyId, id }: StoredFileRow): Readable {
    return createReadStream(this.#path(companyId, id));
  }

  #path(companyId: string, id: string): string {
    return join(this.spool, companyId, id);
  }
}

async function spool(content: Readable, path: string): Promise<{ bytes: number; digest: string }> {
  const hash = createHash("sha256");
  let bytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      if (bytes > LARGEST_FILE) done(new Refusal("LIMIT_EXCEEDED", `A file may have at most ${LARGEST_FILE} bytes.`));
      else done(null, chunk);
    },
  });
  await pipeline(content, measure, createWriteStream(path));
  return { bytes, digest: hash.digest("hex") };
}
