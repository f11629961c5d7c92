import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startServer, type Settings } from "../kit/process.ts";
import { COMPANY, foundBench } from "./kit/book.ts";
import { makeDatabase } from "./kit/database.ts";
import { processorTime, SECRET, tokenOf } from "./kit/program.ts";
import { interleave, median, type Result, resultOf, rounded } from "./kit/rounds.ts";

const QUERY = "{ customers(first: 1) { edges { node { name } } } }";

/** Milliseconds from the start of the process to its first answer to a query. Notes the processor time that the process took for it. */
async function toFirstAnswer(settings: Settings, token: string | null, costs: number[]): Promise<number> {
  const start = performance.now();
  const server = await startServer(settings);
  try {
    const headers = { "content-type": "application/json", authorization: `Bearer ${token ?? server.token}` };
    const answer = (await (await fetch(`${server.url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query: QUERY }) })).json()) as { data?: { customers: object } };
    if (!answer.data?.customers) throw new Error(JSON.stringify(answer));
    costs.push(processorTime(server.pid));
    return performance.now() - start;
  } finally {
    await server.stop();
  }
}

/** How long a server takes from nothing to its first answer. */
export async function start(): Promise<Result> {
  const database = await makeDatabase();
  const folders: string[] = [];
  const folder = (): string => {
    folders.push(mkdtempSync(join(tmpdir(), "openitem-bench-")));
    return folders.at(-1)!;
  };
  try {
    await foundBench(database);
    const token = await tokenOf(COMPANY.subject);
    const external: Settings = { DATABASE_URL: database.url, OPENITEM_SECRET: SECRET, OPENITEM_DATA: folder() };
    await toFirstAnswer(external, token, []);
    const costs = { external: [] as number[], embeddedFirst: [] as number[], embeddedAgain: [] as number[] };
    const series = await interleave({
      external: () => toFirstAnswer(external, token, costs.external),
      embeddedFirst: () => toFirstAnswer({ OPENITEM_DATA: folder(), OPENITEM_DEMO: "on" }, null, costs.embeddedFirst),
      embeddedAgain: () => toFirstAnswer({ OPENITEM_DATA: folders.at(-1)!, OPENITEM_DEMO: "on" }, null, costs.embeddedAgain),
    });
    return resultOf("start", { compared: "process start to first answer", unit: "milliseconds", notes: [
      "external: a PostgreSQL that has the tables; embeddedFirst: a new folder, with its tables and the demo company, whose year of books begins to fill meanwhile; embeddedAgain: the same folder once more.",
      `Processor time of the process until then, in ms: ${Object.entries(costs).map(([name, all]) => `${name} ${rounded(median(all))}`).join(", ")}. It tells more than the clock where the machine is shared.`,
      "The sources are run by tsx as they are, which compiles them at every start and caches what it compiled.",
    ] }, series);
  } finally {
    for (const path of folders) rmSync(path, { recursive: true, force: true });
    await database.drop();
  }
}
