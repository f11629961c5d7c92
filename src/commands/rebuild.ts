import "reflect-metadata";
import { parseArgs } from "node:util";
import { readConfig } from "../config.ts";
import { type Client, connect } from "./client.ts";
import { CommandError, runCommand } from "./run.ts";

const USAGE = "npm run rebuild -- [--company code] [--repair] [--url http://localhost:4000]";

const DRIFT = `checked differing items { itemId kind original { amount currency } carried { amount } applied { amount } }`;
const COMPANIES = `query Companies { viewer { memberships { company { code } permissions } } }`;
const COMPARE = `query OpenItemDrift($company: String) { openItemDrift(company: $company) { ${DRIFT} } }`;
const REPAIR = `mutation RebuildOpenItems($input: RebuildOpenItemsInput!) { rebuildOpenItems(input: $input) { mended { ${DRIFT} } userErrors { message } } }`;

interface Amount {
  readonly amount: string;
  readonly currency: string;
}

interface Drift {
  readonly checked: number;
  readonly differing: number;
  readonly items: readonly { readonly itemId: string; readonly kind: string; readonly original: Amount; readonly carried: Amount; readonly applied: Amount }[];
}

interface Rebuilt {
  readonly rebuildOpenItems: { readonly mended: Drift | null; readonly userErrors: readonly { readonly message: string }[] };
}

/** What was typed. */
interface Wish {
  readonly company: string | null;
  readonly repair: boolean;
  readonly url: string | null;
}

function readWish(): Wish {
  const { values } = parseArgs({ options: { company: { type: "string" }, repair: { type: "boolean" }, url: { type: "string" } } });
  return { company: values.company ?? null, repair: values.repair ?? false, url: values.url ?? null };
}

/** The companies to look at: the one named, or all in which this person may. */
async function companiesOf(client: Client, { company, repair }: Wish): Promise<string[]> {
  if (company !== null) return [company];
  const needed = repair ? "import:run" : "ledger:read";
  const { viewer } = await client.ask<{ viewer: { memberships: { company: { code: string }; permissions: string[] }[] } }>(COMPANIES);
  const codes = viewer.memberships.filter(({ permissions }) => permissions.includes(needed)).map(({ company: { code } }) => code);
  if (codes.length === 0) throw new CommandError(`You hold the permission ${needed} in no company. Set OPENITEM_TOKEN to a token of a controller.`);
  return codes;
}

async function compare(client: Client, company: string): Promise<Drift> {
  return (await client.ask<{ openItemDrift: Drift }>(COMPARE, { company })).openItemDrift;
}

async function repair(client: Client, company: string): Promise<Drift> {
  const { mended, userErrors } = (await client.ask<Rebuilt>(REPAIR, { input: { company } })).rebuildOpenItems;
  if (!mended) throw new CommandError(userErrors.map(({ message }) => message).join("\n"));
  return mended;
}

function tell(company: string, { checked, differing, items }: Drift, repaired: boolean): void {
  const found = differing === 0 ? "all carry what their applications leave open" : `${differing} ${repaired ? "differed and were set" : "differ"}`;
  console.log(`${company}: ${checked} open items checked, ${found}.`);
  for (const { itemId, kind, original, carried, applied } of items) {
    console.log(`  ${kind} ${itemId} of ${original.amount} ${original.currency}: carried ${carried.amount}, by applications ${applied.amount}`);
  }
  if (differing > items.length) console.log(`  and ${differing - items.length} more`);
}

/** Compares carried amounts with applications; with `--repair`, sets them. Fails while any differ that were not set. */
async function main(): Promise<void> {
  const wish = readWish();
  const client = await connect(readConfig(), wish.url);
  try {
    for (const company of await companiesOf(client, wish)) {
      const drift = await (wish.repair ? repair : compare)(client, company);
      tell(company, drift, wish.repair);
      if (drift.differing > 0 && !wish.repair) process.exitCode = 1;
    }
    if (process.exitCode === 1) console.log("Set them with: npm run rebuild -- --repair");
  } finally {
    await client.close();
  }
}

runCommand(main, USAGE);
