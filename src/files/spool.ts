import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { Refusal } from "../domain/refusal.ts";

/** How long a sender whose file was refused may go on sending, in milliseconds, to hear why. */
const PATIENCE = 30_000;

/**
 * Writes what comes in to a file, part by part, and measures it. Refuses more than `most` bytes and what breaks off. What a
 * sender goes on sending is let run into nothing, because one that is cut off never hears what was wrong.
 */
export async function spool(content: Readable, path: string, most: number): Promise<{ bytes: number; digest: string }> {
  const hash = createHash("sha256");
  let bytes = 0;
  const file = await open(path, "wx");
  try {
    for await (const chunk of content.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > most) throw new Refusal("LIMIT_EXCEEDED", `A file of this kind may have at most ${most} bytes.`);
      hash.update(chunk);
      await file.writeFile(chunk);
    }
  } catch (error) {
    if (content.readableAborted) throw new Refusal("FILE_INVALID", "The file broke off before its end. Send it again.");
    runOut(content);
    throw error;
  } finally {
    await file.close();
  }
  return { bytes, digest: hash.digest("hex") };
}

function runOut(content: Readable): void {
  const patience = setTimeout(() => content.destroy(), PATIENCE).unref();
  content.once("close", () => clearTimeout(patience)).on("error", () => {}).resume();
}
