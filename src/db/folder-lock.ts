import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Who holds the folder of an embedded database. */
export interface FolderOwner {
  readonly pid: number;
  readonly since: string;
}

/** The folder is another process's. Two processes on one folder lose rows without an error, so this one stops. */
export class FolderTaken extends Error {
  override readonly name = "FolderTaken";

  constructor(
    readonly folder: string,
    readonly owner: FolderOwner,
  ) {
    super(
      `The embedded database in ${folder} belongs to process ${owner.pid}, since ${owner.since}. ` +
        `Only one process may open it: use that server, stop it first, or set OPENITEM_DATA to another folder. ` +
        `If process ${owner.pid} is no Openitem server, remove ${lockPath(folder)}.`,
    );
  }
}

/** Lock files that this process holds itself. */
const held = new Set<string>();

const lockPath = (folder: string): string => join(folder, "owner.json");

/** The living owner of a folder, or null where there is none. A lock left by a dead process counts as none. */
export function folderOwner(folder: string): FolderOwner | null {
  return livingOwner(lockPath(folder), lockPath(folder));
}

/** Takes the folder for this process and returns the way to give it back. Throws `FolderTaken` when a living process has it. */
export function lockFolder(folder: string): () => void {
  const path = lockPath(folder);
  const mine: FolderOwner = { pid: process.pid, since: new Date().toISOString() };
  const draft = `${path}.${process.pid}`;
  for (let attempt = 0; attempt < 10; attempt++) {
    writeFileSync(draft, JSON.stringify(mine));
    try {
      linkSync(draft, path); // Linking a finished file makes the lock and its content appear at once, or not at all.
      rmSync(draft);
      held.add(path);
      return () => giveBack(path, mine);
    } catch (error) {
      rmSync(draft);
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const owner = folderOwner(folder);
    if (owner) throw new FolderTaken(folder, owner);
    removeStale(path);
  }
  throw new Error(`The lock ${path} keeps changing; another process is starting on this folder.`);
}

/** Moves a dead owner's lock away. Of several processes that try, one moves it; a living lock that slipped in is put back. */
function removeStale(path: string): void {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  try {
    if (livingOwner(aside, path)) linkSync(aside, path);
  } finally {
    rmSync(aside, { force: true });
  }
}

function giveBack(path: string, mine: FolderOwner): void {
  held.delete(path);
  const owner = readOwner(path);
  if (owner?.pid === mine.pid && owner.since === mine.since) rmSync(path, { force: true });
}

function readOwner(path: string): FolderOwner | null {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as FolderOwner;
  } catch {
    return null;
  }
}

/**
 * The owner named in a lock file, if its process lives. A lock that names this very process but is not held by it is left
 * over from an earlier process with the same number, as after a container restart.
 */
function livingOwner(file: string, path: string): FolderOwner | null {
  const owner = readOwner(file);
  if (!owner) return null;
  if (owner.pid === process.pid) return held.has(path) ? owner : null;
  try {
    process.kill(owner.pid, 0);
    return owner;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM" ? owner : null;
  }
}
