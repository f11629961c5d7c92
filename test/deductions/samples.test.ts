import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { researchClaim } from "../../src/domain/claim-research.ts";
import { packsOf, scenarioFile } from "../../src/domain/claim-scenario.ts";
import { EXPECTED } from "./samples.expected.ts";

const DATA = join(import.meta.dirname, "../../../shared/data/deductions-shortage");
const there = existsSync(DATA);
if (!there) console.warn(`SKIPPED: the eight claims, because ${DATA} is not there.`);
const json = (...path: string[]) => JSON.parse(readFileSync(join(...path), "utf8"));

const read = (scenario: string) => {
  const folder = join(DATA, "scenarios", scenario);
  const papers = Object.fromEntries(readdirSync(folder).map((name) => [name, json(folder, name)]));
  return scenarioFile(papers, packsOf(json(DATA, "data/sku_uom_conversions.json")), "USD");
};

(there ? describe : describe.skip)("eight claims and their papers", () => {
  test.each(Object.entries(EXPECTED))("%s", (scenario, expected) => {
    const { findings, explainedMinor, unexplainedMinor, validMinor, recommendation, warnings } = researchClaim(read(scenario));
    const units = findings[0]?.thousandths;
    expect({
      cause: findings[0]?.cause, units: units == null ? null : Number(units) / 1000, explained: Number(explainedMinor), unexplained: Number(unexplainedMinor), valid: Number(validMinor), recommendation, warnings,
    }).toEqual(expected);
  });
});
