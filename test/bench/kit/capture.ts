import pg from "pg";
import { assemble } from "../../../src/app.ts";
import { mapping } from "../../../src/mapping.ts";
import { serverDataSource } from "../../../src/db/data-source.ts";
import { Database } from "../../../src/db/database.ts";
import { ListValue } from "../../../src/db/list-value.ts";
import { systemClock } from "../../../src/domain/clock.ts";
import { listen } from "../../../src/server.ts";
import { COMPANY } from "./book.ts";
import type { BenchDatabase } from "./database.ts";

/** A statement as the product sent it. */
export interface SentStatement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
  /** The first row of the answer. */
  readonly row: Readonly<Record<string, unknown>> | null;
}

type Query = { readonly name?: string; readonly text: string; readonly values?: readonly unknown[] } | string;

/** What the product asks of itself all the time, command or not. */
const BACKGROUND = /^events\.(after|end|ofCompanyBetween|raiseEpoch)$/;

/** Sends one mutation to the product in this process and answers with every statement it sent to the database, in order. */
export async function captureCommand(database: BenchDatabase, body: string): Promise<SentStatement[]> {
  const source = serverDataSource(database.url, mapping, 10);
  await source.initialize();
  const app = await assemble(new Database(source, systemClock, false), { secret: "a secret for looking at one command", spool: "/tmp" });
  await app.start();
  const server = await listen(app, 0);
  const headers = { "content-type": "application/json", authorization: `Bearer ${await app.tokens.sign({ subject: COMPANY.subject, operator: false }, 60)}` };
  const sent = recordQueries();
  try {
    const answer = await (await fetch(`${server.url}/graphql`, { method: "POST", headers, body })).text();
    if (!answer.includes('"userErrors":[]')) throw new Error(answer);
  } finally {
    sent.stop();
    await server.close();
    await app.stop();
    await source.destroy();
  }
  return sent.statements.filter(({ name }) => !BACKGROUND.test(name));
}

/** Writes down what any client of node-postgres sends, until stopped. */
function recordQueries(): { readonly statements: SentStatement[]; readonly stop: () => void } {
  const statements: SentStatement[] = [];
  const client = pg.Client.prototype as unknown as { query: (this: unknown, ...given: unknown[]) => unknown };
  const real = client.query;
  client.query = function (...given) {
    const asked = given[0] as Query;
    const { name, text, values = [] } = typeof asked === "string" ? { text: asked, values: [] } : asked;
    const statement = { name: name ?? text.trim().toLowerCase(), text, values: values.map((value) => (value instanceof ListValue ? value.values : value)), row: null as SentStatement["row"] };
    statements.push(statement);
    const note = (result: { rows?: object[] } | undefined): void => void (statement.row = (result?.rows?.[0] as SentStatement["row"]) ?? null);
    const told = given.at(-1);
    if (typeof told === "function") {
      const answer = told as (error: unknown, result: { rows?: object[] } | undefined) => unknown;
      return real.apply(this, [...given.slice(0, -1), (error: unknown, result: { rows?: object[] } | undefined) => (note(result), answer(error, result))]);
    }
    return (real.apply(this, given) as Promise<{ rows: object[] }>).then((result) => (note(result), result));
  };
  return { statements, stop: () => void (client.query = real) };
}
