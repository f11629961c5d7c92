import { foundBench } from "./kit/book.ts";
import { bookCsv } from "./kit/book-csv.ts";
import { makeDatabase } from "./kit/database.ts";
import { importBook } from "./kit/import.ts";
import { memoryOf, startOurs } from "./kit/program.ts";
import { type Result, resultOf, ROUNDS, rounded, seriesOf } from "./kit/rounds.ts";

/** As many rows as the book that it is modelled on. */
const ROWS = 36_000;

/** What a server holds in memory after it has imported a large book. */
export async function memory(): Promise<Result> {
  const empty = await makeDatabase();
  const csv = bookCsv(ROWS);
  const [before, after, most]: [number[], number[], number[]] = [[], [], []];
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const database = await makeDatabase(empty);
      await foundBench(database);
      const server = await startOurs(database.url);
      try {
        before.push(memoryOf(server.pid).now);
        await importBook(server, csv, ROWS);
        const { now, most: peak } = memoryOf(server.pid);
        after.push(now);
        most.push(peak);
        console.error(`  round ${round + 1}/${ROUNDS}: ${rounded(now)} MB, at most ${rounded(peak)} MB`);
      } finally {
        await server.stop();
        await database.drop();
      }
    }
  } finally {
    await empty.drop();
  }
  return resultOf("memory", { compared: "resident memory after the import, at most 400", unit: "megabytes", target: 400, atMost: true, notes: [`An import of ${ROWS} rows of CSV by a server just started, on native PostgreSQL.`] },
    { after: seriesOf(after), most: seriesOf(most), before: seriesOf(before) });
}
