import { foundBench } from "./kit/book.ts";
import { bookCsv } from "./kit/book-csv.ts";
import { type CopiedBook, copyOut } from "./kit/copy.ts";
import { type BenchDatabase, makeDatabase, settleDisk } from "./kit/database.ts";
import { importBook } from "./kit/import.ts";
import { processorTime, startOurs } from "./kit/program.ts";
import { interleave, median, ratioOf, type Result, resultOf, rounded } from "./kit/rounds.ts";

const ROWS = 30_000;

/** Seconds of processor time that each import took of the server's process. */
const costs: number[] = [];

/** Imports the book into a new database by a server that was just started. */
async function imported(empty: BenchDatabase, csv: string, then: (database: BenchDatabase) => Promise<void> = async () => {}): Promise<number> {
  const database = await makeDatabase(empty);
  try {
    await foundBench(database);
    await settleDisk();
    const server = await startOurs(database.url);
    const started = processorTime(server.pid);
    const seconds = await importBook(server, csv, ROWS).finally(() => {
      costs.push((processorTime(server.pid) - started) / 1000);
      return server.stop();
    });
    await then(database);
    return seconds;
  } finally {
    await database.drop();
  }
}

/** Copies what an import came to into a new database with the same tables. */
async function copied(empty: BenchDatabase, book: CopiedBook): Promise<number> {
  const database = await makeDatabase(empty);
  try {
    await settleDisk();
    return await book.into(database);
  } finally {
    await database.drop();
  }
}

/** Importing a book of CSV (checked, staged, posted), against COPY of every row it came to, with all constraints on. */
export async function importing(): Promise<Result> {
  const empty = await makeDatabase();
  const csv = bookCsv(ROWS);
  let book: CopiedBook | null = null;
  try {
    await imported(empty, csv, async (database) => void (book = await copyOut(database)));
    const made = book! as CopiedBook;
    const series = await interleave({
      ours: async () => made.rows / (await imported(empty, csv)),
      copy: async () => made.rows / (await copied(empty, made)),
    });
    return resultOf("import", { compared: "ours / COPY", unit: "resulting rows per second", target: 0.5, ratio: ratioOf(series.ours, series.copy), notes: [
      `${ROWS} rows of CSV become ${made.rows} rows: ${Object.entries(made.tables).map(([name, count]) => `${name} ${count}`).join(", ")}.`,
      `That is ${rounded((series.ours.median * ROWS) / made.rows)} rows of CSV a second, from the command to the last commit.`,
      `The process of the server was busy for ${rounded(median(costs))} s of an import; the rest is PostgreSQL.`,
      "COPY runs in one psql and one transaction, into the same tables with the same constraints, triggers and indexes.",
      "Ours reads and checks the CSV, keeps it in a queue so that it can go on after a crash, and posts it in transactions of 2,000 rows on two connections, by a process just started.",
    ] }, series);
  } finally {
    (book as CopiedBook | null)?.remove();
    await empty.drop();
  }
}
