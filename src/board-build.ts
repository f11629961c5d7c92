import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the package. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** Where the built board lies. */
export const BOARD_FOLDER = join(ROOT, "dist", "board");

/** File in the built board that says what it was built of. */
export const DIGEST_FILE = ".built-of";

/** What the board is made of; `package-lock.json` stands for its packages. */
const SOURCES = ["src/board", "src/domain", "src/commands/build-board.ts", "package-lock.json"];

/** The board could not be built; the output of the build is in the message. */
export class BoardNotBuilt extends Error {
  override readonly name = "BoardNotBuilt";
}

/** A digest of everything the board is made of, in some milliseconds. */
export function boardDigest(): string {
  const hash = createHash("sha256");
  for (const path of SOURCES.flatMap(filesOf)) hash.update(path).update("\0").update(readFileSync(join(ROOT, path))).update("\0");
  return hash.digest("hex");
}

function filesOf(path: string): string[] {
  if (!statSync(join(ROOT, path)).isDirectory()) return [path];
  return readdirSync(join(ROOT, path)).sort().flatMap((name) => filesOf(`${path}/${name}`));
}

/** Whether the folder holds the board of the sources as they are. An installation without sources is taken as it is. */
export function boardIsCurrent(): boolean {
  const digest = join(BOARD_FOLDER, DIGEST_FILE);
  if (!existsSync(digest)) return false;
  return !existsSync(join(ROOT, "src/board")) || readFileSync(digest, "utf8") === boardDigest();
}

/**
 * Makes sure that the built board is there and current, and answers with its folder. A build takes some seconds and runs in
 * a process of its own, so that this one goes on answering and never loads the tools.
 */
export async function currentBoard(): Promise<string> {
  if (!boardIsCurrent()) await build();
  return BOARD_FOLDER;
}

function build(): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--import", "tsx", "src/commands/build-board.ts"], { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text: Buffer) => (output += text.toString()));
    child.once("error", reject);
    child.once("close", (code) => (code === 0 ? resolve() : reject(new BoardNotBuilt(`The board could not be built:\n${output}`))));
  });
}
