import { readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { COMPANY } from "./book.ts";
import { type Program, tokenOf } from "./program.ts";

const MAP = readFileSync("src/imports/maps/highradius-book.json", "utf8");
const START = `mutation ($input: ImportBookInput!) { importBook(input: $input) { import { id } userErrors { message } } }`;
const LOOK = `query ($id: ID!) { import(id: $id) { status errorMessage finishedAt counts { rejects posted } } }`;
const POLL = 40;

/** Uploads a book to a server and imports it. Answers with the seconds that staging and posting took. Throws unless every row was posted. */
export async function importBook({ url }: Program, csv: string, rows: number): Promise<number> {
  const headers = { authorization: `Bearer ${await tokenOf(COMPANY.subject)}` };
  const uploaded = await fetch(`${url}/files?name=book.csv`, { method: "POST", headers: { ...headers, "content-type": "application/octet-stream" }, body: csv });
  const { id: fileId } = (await uploaded.json()) as { id: string };
  const ask = async <Data>(query: string, variables: object): Promise<Data> => {
    const response = await fetch(`${url}/graphql`, { method: "POST", headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify({ query, variables }) });
    const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  const start = performance.now();
  const { importBook: started } = await ask<{ importBook: { import: { id: string } | null; userErrors: unknown } }>(START, { input: { fileId, map: MAP } });
  if (!started.import) throw new Error(JSON.stringify(started.userErrors));
  for (;;) {
    const { import: run } = await ask<{ import: { status: string; errorMessage: string | null; finishedAt: string | null; counts: { posted: number } } }>(LOOK, started.import);
    if (run.errorMessage) throw new Error(run.errorMessage);
    if (run.finishedAt !== null) {
      if (run.counts.posted !== rows) throw new Error(`The import posted ${run.counts.posted} of ${rows} rows.`);
      return (performance.now() - start) / 1000;
    }
    await setTimeout(POLL);
  }
}
