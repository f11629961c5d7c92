import { loadavg } from "node:os";
import "reflect-metadata";
import { deductionList, deductionMeasures } from "./deductions.ts";
import { fanOut } from "./fan-out.ts";
import { importing } from "./import.ts";
import { memory } from "./memory.ts";
import { nested } from "./nested.ts";
import { posting } from "./posting.ts";
import { start } from "./start.ts";
import { dropLeftovers } from "./kit/database.ts";
import type { Result } from "./kit/rounds.ts";

const SCENARIOS: Readonly<Record<string, () => Promise<Result>>> = {
  nested, import: importing, posting, "fan-out": fanOut, memory, start, "deduction-list": deductionList, "deduction-measures": deductionMeasures,
};

/** Runs the scenarios named, or all, and prints a line of JSON for each. What they are doing meanwhile goes to the standard error. */
async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !(name in SCENARIOS));
  if (unknown.length > 0) throw new Error(`There is no scenario ${unknown.join(", ")}. These are: ${Object.keys(SCENARIOS).join(", ")}.`);
  await dropLeftovers();
  const asked = Object.entries(SCENARIOS).filter(([name]) => names.length === 0 || names.includes(name));
  for (const [index, [name, run]] of asked.entries()) {
    const begun = performance.now();
    console.error(`${name} (${index + 1} of ${asked.length}), load average ${loadavg().map((load) => load.toFixed(1)).join(" ")}`);
    const result = await run();
    console.error(`  ${name} took ${Math.round((performance.now() - begun) / 1000)} s`);
    console.log(JSON.stringify(result));
  }
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
