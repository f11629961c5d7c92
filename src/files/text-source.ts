import { createHash } from "node:crypto";
import { Refusal } from "../domain/refusal.ts";
import type { FileService } from "./file.service.ts";

/** A file as a command is handed it: its text, or the key of an uploaded file. Exactly one of the two is given. */
export interface FileSource {
  readonly name: string;
  readonly content?: string | null | undefined;
  readonly fileId?: string | null | undefined;
}

/** The largest text that is taken in a command itself, in bytes. */
export const LARGEST_CONTENT = 1024 * 1024;

/** What no text has, and what the database could not keep: a zero character, and one half of a character that takes two. */
const NO_TEXT = /[\0\p{Surrogate}]/u;

/** What may be in a file of this kind. */
export interface SourceLimits {
  readonly bytes: number;
  /** Whether bytes that are not UTF-8 are read as Windows-1252, for senders that know no better. */
  readonly legacy: boolean;
}

/** The text of a file. Refuses a nameless one, one that is too large, is not text, or is given in two ways or in none. */
export async function readSource(files: FileService, companyId: string, { name, content = null, fileId = null }: FileSource, limits: SourceLimits): Promise<string> {
  if (name.trim() === "" || name.length > 300 || NO_TEXT.test(name)) throw new Refusal("VALUE_INVALID", "A file name has 1 to 300 characters.", { field: ["name"] });
  if ((content === null) === (fileId === null)) throw new Refusal("VALUE_INVALID", "Give either the content or the id of an uploaded file.", { field: ["content"] });
  const text = content === null ? await readStored(files, companyId, fileId!, limits) : checkedContent(content);
  const odd = text.search(NO_TEXT);
  if (odd >= 0) {
    const message = "The file is not text: it has a zero character or half of a character in it.";
    throw new Refusal("FILE_INVALID", message, { line: text.slice(0, odd).split("\n").length, field: [content === null ? "fileId" : "content"] });
  }
  return text;
}

function checkedContent(content: string): string {
  const bytes = Buffer.byteLength(content);
  if (bytes <= LARGEST_CONTENT) return content;
  const message = `The content has ${bytes} bytes; a command takes at most ${LARGEST_CONTENT}. Upload larger files by POST /files and name their id.`;
  throw new Refusal("LIMIT_EXCEEDED", message, { field: ["content"] });
}

async function readStored(files: FileService, companyId: string, fileId: string, { bytes: most, legacy }: SourceLimits): Promise<string> {
  const field = ["fileId"];
  const stored = await files.find(companyId, fileId);
  if (stored.bytes > BigInt(most)) throw new Refusal("LIMIT_EXCEEDED", `The file has ${stored.bytes} bytes; one of this kind has at most ${most}.`, { field });
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of files.read(stored)) chunks.push(chunk as Buffer);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new Refusal("NOT_FOUND", "The uploaded file is not there any more. Upload it again.", { field });
  }
  const bytes = Buffer.concat(chunks);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    if (legacy) return new TextDecoder("windows-1252").decode(bytes);
    throw new Refusal("FILE_INVALID", "The file is not UTF-8 text. Save it as UTF-8.", { field });
  }
}

/** What tells one text from another, whatever its line ends and the blank lines after it. */
export const digestOf = (text: string): string => createHash("sha256").update(text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n").trimEnd()).digest("hex");
