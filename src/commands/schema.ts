import "reflect-metadata";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { CriticalityLevel, diff } from "@graphql-inspector/core";
import { buildSchema, type GraphQLSchema } from "graphql";
import { assembledSchema, schemaText } from "./schema-text.ts";

const PATH = "schema.graphql";

/**
 * Writes `schema.graphql` from the assembled schema; no database is opened. With `--check` it writes nothing, and fails when
 * the committed file is another, naming the changes that would break clients.
 */
async function main(): Promise<void> {
  const schema = await assembledSchema();
  const text = schemaText(schema);
  const committed = existsSync(PATH) ? readFileSync(PATH, "utf8") : "";
  if (!process.argv.includes("--check")) return writeFileSync(PATH, text);
  if (committed === text) return;
  console.error(`${PATH} is not what the code says. Run \`npm run schema\` and commit the file.`);
  for (const change of await breakingChanges(committed, schema)) console.error(`  Breaks clients: ${change}`);
  process.exitCode = 1;
}

async function breakingChanges(committed: string, schema: GraphQLSchema): Promise<string[]> {
  if (committed === "") return [];
  const changes = await diff(buildSchema(committed), schema);
  return changes.filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking).map(({ message }) => message);
}

await main();
