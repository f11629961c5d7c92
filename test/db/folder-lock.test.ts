import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { folderOwner, FolderTaken, lockFolder } from "../../src/db/folder-lock.ts";

let folder: string;
const contenders: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "openitem-lock-"));
});
afterEach(async () => {
  await Promise.all(contenders.splice(0).map(end));
  rmSync(folder, { recursive: true, force: true });
});

interface Contender {
  readonly child: ChildProcess;
  /** Tells it to try, and resolves with what it then says: `won`, or why not. */
  readonly tryNow: () => Promise<string>;
}

/** A process that waits for a word, tries to take the folder, says how it went, and lives on. */
async function contender(): Promise<Contender> {
  const child = spawn(process.execPath, ["--import", "tsx", join("test", "db", "folder-contender.ts"), folder], { stdio: ["pipe", "pipe", "inherit"] });
  contenders.push(child);
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  const line = async (): Promise<string> => (await lines.next()).value as string;
  expect(await line()).toBe("ready");
  return { child, tryNow: () => (child.stdin!.write("go\n"), line()) };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

test("of several processes that race for a folder one takes it, and the others name it", async () => {
  const racing = await Promise.all([contender(), contender(), contender()]);
  const said = await Promise.all(racing.map(({ tryNow }) => tryNow()));
  const winner = racing[said.indexOf("won")]!.child.pid;
  expect(said.filter((word) => word === "won")).toHaveLength(1);
  for (const word of said.filter((it) => it !== "won")) expect(word).toContain(`belongs to process ${winner}, since `);
  expect(folderOwner(folder)?.pid).toBe(winner);
  expect(() => lockFolder(folder)).toThrow(FolderTaken);
});

test("the lock of a process that was killed is taken over, by one of those who try", async () => {
  const first = await contender();
  expect(await first.tryNow()).toBe("won");
  await end(first.child);
  const heirs = await Promise.all([contender(), contender()]);
  const said = await Promise.all(heirs.map(({ tryNow }) => tryNow()));
  expect(said.filter((word) => word === "won")).toHaveLength(1);
  expect(said.find((word) => word !== "won")).toContain(`belongs to process ${heirs[said.indexOf("won")]!.child.pid}`);
});

test("a folder that is given back can be taken again, and no lock is left", () => {
  const giveBack = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow(`belongs to process ${process.pid}`);
  giveBack();
  expect(existsSync(join(folder, "owner.json"))).toBe(false);
  lockFolder(folder)();
});

test("a lock of this process's own number, left by an earlier process, counts as none", () => {
  writeFileSync(join(folder, "owner.json"), JSON.stringify({ pid: process.pid, since: "2020-01-01T00:00:00.000Z" }));
  expect(folderOwner(folder)).toBeNull();
  lockFolder(folder)();
});
