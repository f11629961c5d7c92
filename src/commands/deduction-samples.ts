import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { ClaimFile } from "../domain/claim-file.ts";
import { type ClaimResearch, researchClaim } from "../domain/claim-research.ts";
import { packsOf, scenarioFile } from "../domain/claim-scenario.ts";
import { decimalFromMinor } from "../domain/money.ts";
import { countText } from "../domain/quantity.ts";
import { CommandError, runCommand } from "./run.ts";

const USAGE = "npm run deduction-samples -- [--folder ../shared/data/deductions-shortage] [--currency USD]";

/** Reads claims with their papers from a folder of JSON files and prints what the papers say of each. Writes nothing anywhere. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { folder: { type: "string", default: "../shared/data/deductions-shortage" }, currency: { type: "string", default: "USD" } } });
  const scenarios = join(values.folder, "scenarios");
  if (!existsSync(scenarios)) throw new CommandError(`There is no folder ${scenarios}. Name one that has it with --folder.`);
  const sizes = join(values.folder, "data/sku_uom_conversions.json");
  const packs = existsSync(sizes) ? packsOf(json(sizes)) : [];
  for (const name of readdirSync(scenarios).sort()) {
    const folder = join(scenarios, name);
    const papers = Object.fromEntries(readdirSync(folder).filter((file) => file.endsWith(".json")).map((file) => [file, json(join(folder, file))]));
    const file = scenarioFile(papers, packs, values.currency);
    console.log(`${name}\n${story(file, researchClaim(file)).map((line) => `  ${line}`).join("\n")}\n`);
  }
}

function json(path: string) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new CommandError(`${path}: ${(error as Error).message}`);
  }
}

const NEXT = { CREDIT: "credit it", CREDIT_PART: "credit a part and charge the rest back", DENY: "charge it back", REVIEW: "look further: the papers do not account for all of it" } as const;

/** The papers of a claim and what they say, in lines for people. */
function story({ currency, claim, order, invoice, shipments, receivings, earlier, agreements }: ClaimFile, found: ClaimResearch): string[] {
  const amount = (minor: bigint): string => `${currency} ${decimalFromMinor(minor, currency)}`;
  const goods = (lines: readonly { readonly item: string; readonly quantity: { readonly thousandths: bigint; readonly unit: string } }[]): string =>
    lines.map(({ item, quantity }) => `${countText(quantity.thousandths)} ${quantity.unit} of ${item}`).join(", ");
  const units = found.findings[0]?.thousandths;
  return [
    `claim      ${claim.number} of ${claim.claimedOn}, ${claim.reason}, ${amount(claim.minor)}: ${claim.text}`,
    ...(order ? [`order      ${order.number} of ${order.orderedOn}: ${goods(order.lines)}`] : []),
    ...(invoice ? [`invoice    ${invoice.number} of ${invoice.invoicedOn}: ${goods(invoice.lines)}`] : []),
    ...shipments.map((it) => `shipment   ${it.number} of ${it.shippedOn}: ${goods(it.lines)}${it.carrier ? `, by ${it.carrier}` : ""}`),
    ...receivings.map((it) => `received   ${it.number} of ${it.receivedOn}: ${goods(it.lines)}`),
    ...agreements.map((it) => `agreement  ${it.code}: ${it.basisPoints / 100} % on ${it.item} from ${it.validFrom} to ${it.validTo}`),
    ...earlier.map((it) => `earlier    ${it.number} of ${it.claimedOn}: ${amount(it.minor)}${it.credited ? `, of which ${amount(it.credited.minor)} credited by ${it.credited.document}` : ""}`),
    `cause      ${found.findings.map(({ cause }) => cause).join(" and ") || "none found"}${units == null ? "" : `: ${countText(units)} units`}`,
    ...found.findings.map(({ argument, speaks }) => `           ${argument} It speaks ${speaks === "FOR" ? "for" : "against"} the claim.`),
    `explained  ${amount(found.explainedMinor)}, unexplained ${amount(found.unexplainedMinor)}, borne out ${amount(found.validMinor)}`,
    `advice     ${NEXT[found.recommendation]}${found.warnings.length > 0 ? `; mind ${found.warnings.join(", ")}` : ""}${found.missing.length > 0 ? `; missing: ${found.missing.join(", ")}` : ""}`,
  ];
}

runCommand(main, USAGE);
