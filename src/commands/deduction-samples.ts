import "reflect-metadata";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Tokens } from "../companies/tokens.ts";
import { readConfig } from "../config.ts";
import { DEMO_COMPANY, DEMO_SUBJECT } from "../demo/demo-books.ts";
import type { Ask } from "../demo/desk.ts";
import type { ClaimFile } from "../domain/claim-file.ts";
import { packsOf, scenarioFile } from "../domain/claim-scenario.ts";
import { decimalFromMinor } from "../domain/money.ts";
import { countText } from "../domain/quantity.ts";
import { serve } from "../serving.ts";
import { CommandError, runCommand } from "./run.ts";
import { type Found, workClaim } from "./sample-claims.ts";

const USAGE = "npm run deduction-samples -- [--folder ../shared/data/deductions-shortage] [--currency USD]";

/**
 * Takes claims with their papers from a folder of JSON files through the product: each is taken in a payment, its papers are kept
 * with the deduction and compared, and what came of it is printed. The books are made for this and thrown away.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { folder: { type: "string", default: "../shared/data/deductions-shortage" }, currency: { type: "string", default: "USD" } } });
  const scenarios = join(values.folder, "scenarios");
  if (!existsSync(scenarios)) throw new CommandError(`There is no folder ${scenarios}. Name one that has it with --folder.`);
  const sizes = join(values.folder, "data/sku_uom_conversions.json");
  const packs = existsSync(sizes) ? packsOf(json(sizes)) : [];
  const dataFolder = mkdtempSync(join(tmpdir(), "openitem-claims-"));
  const config = { ...readConfig(), databaseUrl: null, dataFolder, localTokens: true };
  const { server, close } = await serve(config, 0);
  try {
    const ask = askAt(server.url, await new Tokens(config.secret).sign({ subject: DEMO_SUBJECT, operator: false }, SECONDS));
    for (const name of readdirSync(scenarios).sort()) {
      const folder = join(scenarios, name);
      const papers = Object.fromEntries(readdirSync(folder).filter((file) => file.endsWith(".json")).map((file) => [file, json(join(folder, file))]));
      const file = scenarioFile(papers, packs, values.currency);
      console.log(`${name}\n${story(file, (await workClaim(ask, DEMO_COMPANY, name, file)).found).map((line) => `  ${line}`).join("\n")}\n`);
    }
  } finally {
    await close();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

const SECONDS = 3600;

function askAt(url: string, token: string): Ask {
  return async (query, variables) => {
    const response = await fetch(`${url}/graphql`, { method: "POST", headers: { "content-type": "application/json", authorization: `Bearer ${token}` }, body: JSON.stringify({ query, variables }) });
    const { data, errors } = (await response.json()) as { data?: Record<string, unknown> | null; errors?: readonly { readonly message: string }[] };
    if (!data || errors?.length) throw new CommandError(errors?.map(({ message }) => message).join("\n") ?? `The server answered ${response.status}.`);
    return data;
  };
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
function story({ currency, claim, order, invoice, shipments, receivings, earlier, agreements }: ClaimFile, found: Found): string[] {
  const amount = (minor: bigint): string => `${currency} ${decimalFromMinor(minor, currency)}`;
  const goods = (lines: readonly { readonly item: string; readonly quantity: { readonly thousandths: bigint; readonly unit: string } }[]): string =>
    lines.map(({ item, quantity }) => `${countText(quantity.thousandths)} ${quantity.unit} of ${item}`).join(", ");
  const units = found.findings[0]?.quantity;
  return [
    `claim      ${claim.number} of ${claim.claimedOn}, ${claim.reason}, ${amount(claim.minor)}: ${claim.text}`,
    ...(order ? [`order      ${order.number} of ${order.orderedOn}: ${goods(order.lines)}`] : []),
    ...(invoice ? [`invoice    ${invoice.number} of ${invoice.invoicedOn}: ${goods(invoice.lines)}`] : []),
    ...shipments.map((it) => `shipment   ${it.number} of ${it.shippedOn}: ${goods(it.lines)}${it.carrier ? `, by ${it.carrier}` : ""}`),
    ...receivings.map((it) => `received   ${it.number} of ${it.receivedOn}: ${goods(it.lines)}`),
    ...agreements.map((it) => `agreement  ${it.code}: ${it.basisPoints / 100} % on ${it.item} from ${it.validFrom} to ${it.validTo}`),
    ...earlier.map((it) => `earlier    ${it.number} of ${it.claimedOn}: ${amount(it.minor)}${it.credited ? `, of which ${amount(it.credited.minor)} credited by ${it.credited.document}` : ""}`),
    `cause      ${found.findings.map(({ cause }) => cause).join(" and ") || "none found"}${units == null ? "" : `: ${units} units`}`,
    ...found.findings.map(({ argument, speaks }) => `           ${argument} It speaks ${speaks === "FOR" ? "for" : "against"} the claim.`),
    ...found.tests.filter(({ answer }) => answer === "FOR" || answer === "AGAINST").map(({ test, answer, argument }) => `test       ${test} speaks ${answer === "FOR" ? "for" : "against"} the claim: ${argument}`),
    `explained  ${currency} ${found.explained.amount}, unexplained ${currency} ${found.unexplained.amount}, borne out ${currency} ${found.valid.amount}`,
    `advice     ${NEXT[found.recommendation]}${found.warnings.length > 0 ? `; mind ${found.warnings.join(", ")}` : ""}${found.missing.length > 0 ? `; missing: ${found.missing.join(", ")}` : ""}`,
  ];
}

runCommand(main, USAGE);
