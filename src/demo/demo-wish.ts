import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dayOf } from "../domain/dates.ts";
import { DEMO_CUSTOMERS, type DemoWish } from "./demo-books.ts";

/** What the demo of a folder is made of, and whether all of it is on the books. */
export interface FolderDemo extends DemoWish {
  readonly complete: boolean;
}

const SEED = "demo";
const fileOf = (folder: string): string => join(folder, "demo.json");

/** The demo of a folder, kept beside its database so that a later day goes on with the same books; null when it has none of this kind. */
export function folderDemo(folder: string): FolderDemo | null {
  return existsSync(fileOf(folder)) ? (JSON.parse(readFileSync(fileOf(folder), "utf8")) as FolderDemo) : null;
}

/** Decides on the demo of a folder that is founded now: its last day is today. One that was decided on before and is not complete stays; a complete one was of a database that is gone. */
export function wishDemo(folder: string): FolderDemo {
  const before = folderDemo(folder);
  return before && !before.complete ? before : keep(folder, { seed: SEED, lastDay: dayOf(new Date()), customers: DEMO_CUSTOMERS, complete: false });
}

/** Notes that all of the demo is on the books. */
export const completeDemo = (folder: string, demo: FolderDemo): FolderDemo => keep(folder, { ...demo, complete: true });

function keep(folder: string, demo: FolderDemo): FolderDemo {
  mkdirSync(folder, { recursive: true });
  writeFileSync(fileOf(folder), `${JSON.stringify(demo)}\n`);
  return demo;
}
