import "reflect-metadata";
import { fanOut } from "./fan-out.ts";
import { importing } from "./import.ts";
import { memory } from "./memory.ts";
import { nested } from "./nested.ts";
import { posting } from "./posting.ts";
import { start } from "./start.ts";
import type { Result } from "./kit/rounds.ts";

const SCENARIOS: Readonly<Record<string, () => Promise<Result>>> = {
  nested, import: importing, posting, "fan-out": fanOut, memory, start,
};

/** Runs the scenarios named, or all, and prints a line of JSON for each. What they are doing meanwhile goes to the standard error. */
async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !(name in SCENARIOS));
  if (unknown.length > 0) throw new Error(`There is no scenario ${unknown.join(", ")}. These are: ${Object.keys(SCENARIOS).join(", ")}.`);
  for (const [name, run] of Object.entries(SCENARIOS)) {
    if (names.length > 0 && !names.includes(name)) continue;
    console.error(name);
    console.log(JSON.stringify(await run()));
  }
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
