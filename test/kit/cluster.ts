import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const HOME = "/usr/lib/postgresql";

/** The newest installed set of PostgreSQL programs, or null where there is none. */
export function postgresPrograms(): string | null {
  if (!existsSync(HOME)) return null;
  const versions = readdirSync(HOME).filter((version) => existsSync(join(HOME, version, "bin", "initdb")));
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
  return newest ? join(HOME, newest, "bin") : null;
}

/** A new PostgreSQL cluster of its own, which nobody else uses. */
export interface Cluster {
  /** Address of its one database. */
  readonly url: string;
  readonly remove: () => Promise<void>;
}

/** Makes and starts a cluster from installed programs. PostgreSQL refuses to run as root, so root lends it to the user postgres. */
export async function makeCluster(programs: string): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), "openitem-cluster-"));
  const asRoot = process.getuid?.() === 0;
  if (asRoot) execFileSync("chown", ["postgres", folder]);
  const as = (program: string, args: readonly string[]) =>
    asRoot ? run("runuser", ["-u", "postgres", "--", join(programs, program), ...args], { cwd: folder }) : run(join(programs, program), [...args], { cwd: folder });
  const port = await freePort();
  const data = join(folder, "data");
  await as("initdb", ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]);
  await as("pg_ctl", ["-D", data, "-w", "-l", join(folder, "log"), "-o", `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off`, "start"]);
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    remove: async () => {
      await as("pg_ctl", ["-D", data, "-m", "immediate", "stop"]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Copies a whole database into an empty one, as a backup and its restore would. */
export async function dumpAndRestore(programs: string, from: string, to: string): Promise<void> {
  const { stdout } = await run(join(programs, "pg_dump"), ["--no-owner", from], { maxBuffer: 256 * 1024 * 1024 });
  const restore = run(join(programs, "psql"), ["-q", "-v", "ON_ERROR_STOP=1", to], { maxBuffer: 64 * 1024 * 1024 });
  restore.child.stdin!.end(stdout);
  await restore;
}

/** A port that nobody listens on. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
