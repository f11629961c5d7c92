import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "vite";
import { BOARD_FOLDER, boardDigest, boardIsCurrent, DIGEST_FILE, ROOT } from "../board-build.ts";

/** Builds the board and the explorer into `dist/board`. */
async function buildBoard(): Promise<void> {
  const digest = boardDigest();
  const fresh = `${BOARD_FOLDER}.${process.pid}`;
  const root = join(ROOT, "src/board");
  try {
    await build({
      configFile: false,
      root,
      base: "/",
      publicDir: false,
      logLevel: "error",
      worker: { format: "es" },
      build: {
        outDir: fresh,
        emptyOutDir: true,
        // The explorer's editor is large by nature, and loaded by the explorer only.
        chunkSizeWarningLimit: 8_192,
        rollupOptions: { input: { board: join(root, "board.html"), explorer: join(root, "explorer.html") } },
      },
    });
    writeFileSync(join(fresh, DIGEST_FILE), digest);
    replace(fresh);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
  console.log(`The board is in ${BOARD_FOLDER}.`);
}

/** Puts the new folder in place of the old one at once, so that nobody is served half a board. */
function replace(fresh: string): void {
  const old = `${fresh}.old`;
  mkdirSync(dirname(BOARD_FOLDER), { recursive: true });
  try {
    if (existsSync(BOARD_FOLDER)) renameSync(BOARD_FOLDER, old);
    renameSync(fresh, BOARD_FOLDER);
  } catch (error) {
    // Another process may have finished the same build in between.
    if (!boardIsCurrent()) throw error;
  } finally {
    rmSync(old, { recursive: true, force: true });
  }
}

// Not `runCommand`, which brings the whole server along.
await buildBoard();
