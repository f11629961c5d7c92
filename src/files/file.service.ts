import { createReadStream, mkdirSync } from "node:fs";
import { open, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import type { Database } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { transact, type Tx } from "../db/transaction.ts";
import type { Actor } from "../domain/actor.ts";
import { Refusal } from "../domain/refusal.ts";
import { fileByKey, FilePurpose, insertContent, insertFile, insertPart, partOfContent, type StoredFileRow } from "./file.sql.ts";
import { spool } from "./spool.ts";

/** The largest file of each kind, in bytes. A book of years is large; a paper is not, and lies in the database for ever. */
export const LARGEST: Readonly<Record<FilePurpose, number>> = { LOAD: 256 * 1024 * 1024, EVIDENCE: 32 * 1024 * 1024 };

/** A content lies in the database in parts of so many bytes, none of which is ever larger in memory. */
const PART = 1024 * 1024;

/** What the sender says of a file. */
export interface NewFile {
  readonly name: string;
  readonly contentType?: string | null | undefined;
  readonly purpose?: FilePurpose | undefined;
  /** SHA-256 in hexadecimal digits, as the sender computed it; the file is refused if it is another. */
  readonly digest?: string | null | undefined;
}

const MEDIA_TYPE = /^[\w!#$&^.+-]{1,100}\/[\w!#$&^.+-]{1,100}/;

/**
 * Takes in files. What a command will read is kept in a spool folder; what is kept as evidence goes from the spool to the
 * database, the same content once. It passes the spool because a sender may be slow, and no transaction waits for a sender.
 */
export class FileService {
  constructor(
    private readonly db: Database,
    private readonly spool: string,
  ) {}

  /** Streams a file in and records it. Refuses one that is too large, empty, breaks off or is not what was said, and leaves nothing of it. */
  async store(actor: Actor, companyId: string, { name, contentType, purpose = "LOAD", digest: said = null }: NewFile, content: Readable): Promise<StoredFileRow> {
    checkName(name);
    const id = newId();
    const path = this.#path(companyId, id);
    mkdirSync(dirname(path), { recursive: true });
    let kept = false;
    try {
      const { bytes, digest } = await spool(content, path, LARGEST[purpose]);
      if (bytes === 0) throw new Refusal("FILE_INVALID", "The file is empty.");
      if (said !== null && said.toLowerCase() !== digest) throw new Refusal("FILE_INVALID", `The file has the digest ${digest} and not the one given; it changed on its way.`, { field: ["digest"] });
      const file: StoredFileRow = { companyId, id, name, contentType: MEDIA_TYPE.exec(contentType ?? "")?.[0].toLowerCase() ?? "application/octet-stream", purpose, bytes: BigInt(bytes), digest };
      await transact(this.db, async (tx) => {
        if (purpose === "EVIDENCE") await keep(tx, file, partsOfFile(path));
        await record(tx, actor, file);
      });
      kept = purpose === "LOAD";
      return file;
    } finally {
      if (!kept) await rm(path, { force: true });
    }
  }

  /** Keeps a document that we wrote ourselves, in the transaction of the command that wrote it. */
  async keepOwn(tx: Tx, actor: Actor, file: Omit<StoredFileRow, "id" | "purpose" | "bytes">, content: Buffer): Promise<StoredFileRow> {
    const row: StoredFileRow = { ...file, id: newId(), purpose: "EVIDENCE", bytes: BigInt(content.length) };
    await keep(tx, row, partsOfBuffer(content));
    await record(tx, actor, row);
    return row;
  }

  /** A stored file of a company. Refuses one that is not there. */
  async find(companyId: string, id: string): Promise<StoredFileRow> {
    const [file] = await fileByKey(this.db, companyId, id);
    if (!file) throw new Refusal("NOT_FOUND", "There is no such file in this company.", { field: ["fileId"] });
    return file;
  }

  /** The content of a stored file that somebody wants to have. Refuses one that was loaded so long ago that the spool has it no more. */
  async open(file: StoredFileRow): Promise<Readable> {
    const there = file.purpose === "EVIDENCE" || (await stat(this.#path(file.companyId, file.id)).catch(() => null)) !== null;
    if (!there) throw new Refusal("NOT_FOUND", "The uploaded file is not there any more.");
    return this.read(file);
  }

  /** The content of a stored file, part by part. */
  read(file: StoredFileRow): Readable {
    return file.purpose === "LOAD" ? createReadStream(this.#path(file.companyId, file.id)) : Readable.from(this.#partsOf(file), { objectMode: false });
  }

  async *#partsOf({ companyId, digest }: StoredFileRow): AsyncGenerator<Uint8Array> {
    for (let no = 0; ; no++) {
      const [part] = await partOfContent(this.db, companyId, digest, no);
      if (!part) return;
      yield part.content;
    }
  }

  #path(companyId: string, id: string): string {
    return join(this.spool, companyId, id);
  }
}

/** No name of a file has what a header or a folder would stumble over. */
function checkName(name: string): void {
  if (name.trim() === "" || name.length > 300) throw new Refusal("VALUE_INVALID", "A file name has 1 to 300 characters.", { field: ["name"] });
  // oxlint-disable-next-line no-control-regex -- They are what is looked for.
  if (/[\u0000-\u001f\u007f\p{Surrogate}]/u.test(name)) throw new Refusal("VALUE_INVALID", "A file name has no control characters.", { field: ["name"] });
}

const record = (tx: Tx, { memberId }: Actor, { companyId, id, name, contentType, purpose, bytes, digest }: StoredFileRow): Promise<object[]> =>
  insertFile(tx, companyId, id, name, contentType, purpose, bytes, digest, memberId!, tx.recordedAt);

/** Puts a content into the database, unless the company has it. Of two that bring the same at once, one waits for the other. */
async function keep(tx: Tx, { companyId, digest, bytes }: StoredFileRow, parts: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<void> {
  if ((await insertContent(tx, companyId, digest, bytes, tx.recordedAt)).length === 0) return;
  let no = 0;
  for await (const part of parts) await insertPart(tx, companyId, digest, no++, part);
}

async function* partsOfFile(path: string): AsyncGenerator<Buffer> {
  const file = await open(path);
  try {
    for (;;) {
      const part = Buffer.alloc(PART);
      let filled = 0;
      for (let read = -1; read !== 0 && filled < PART; filled += read) ({ bytesRead: read } = await file.read(part, filled, PART - filled));
      if (filled > 0) yield part.subarray(0, filled);
      if (filled < PART) return;
    }
  } finally {
    await file.close();
  }
}

function* partsOfBuffer(content: Buffer): Generator<Buffer> {
  for (let start = 0; start < content.length; start += PART) yield content.subarray(start, start + PART);
}
