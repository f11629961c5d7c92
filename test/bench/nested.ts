import { COMPANY, seedBook } from "./kit/book.ts";
import { makeDatabase } from "./kit/database.ts";
import { type Load, startLoad } from "./kit/load.ts";
import { processorTime, type Program, startOurs, startProgram, tokenOf } from "./kit/program.ts";
import { interleave, median, ratioOf, type Result, resultOf, rounded } from "./kit/rounds.ts";

const CUSTOMERS = 1_000;
const INVOICES_EACH = 200;
const OPEN_EVERY = 4;
const CONNECTIONS = 16;
const WARM = 3_000;
const WINDOW = 4_000;

const QUERY = "{ customers(first: 20) { edges { node { id name openItems(first: 10) { edges { node { id number dueOn open { amount currency } } } } } } } }";
const BODIES = Array.from({ length: CONNECTIONS }, () => [JSON.stringify({ query: QUERY })]);

/** A server under load: its requests per second, window by window, and the processor time each took it. */
class Side {
  readonly costs: number[] = [];
  first = "";

  constructor(
    private readonly load: Load,
    private readonly program: Program,
    private readonly path: string,
    private readonly token: string | null,
  ) {}

  async window(milliseconds: number): Promise<number> {
    const before = processorTime(this.program.pid);
    const { requests, seconds, first } = await this.load.run({ url: this.program.url + this.path, token: this.token, bodies: BODIES, milliseconds, same: true });
    this.costs.push((processorTime(this.program.pid) - before) / requests);
    this.first = first;
    return requests / seconds;
  }

  get milliseconds(): number {
    return rounded(median(this.costs.slice(1)));
  }
}

/** The nested query of a work board, against the same schema on the frameworks' defaults, and against the bare statement. */
export async function nested(): Promise<Result> {
  const database = await makeDatabase();
  const load = startLoad();
  const programs: Program[] = [];
  try {
    await seedBook(database, CUSTOMERS, INVOICES_EACH, OPEN_EVERY);
    const start = async (made: Promise<Program>, path: string, token: string | null): Promise<Side> => {
      const program = await made;
      programs.push(program);
      return new Side(load, program, path, token);
    };
    const ours = await start(startOurs(database.url), "/graphql", await tokenOf(COMPANY.subject));
    const defaults = await start(startProgram("test/bench/defaults/server.ts", [database.url]), "", null);
    const bare = await start(startProgram("test/bench/floor/server.ts", [database.url]), "", null);
    for (const side of [ours, defaults, bare]) await side.window(WARM);
    if (ours.first.trim() !== defaults.first.trim() || ours.first.trim() !== bare.first.trim()) throw new Error("The three servers do not answer the same.");
    const series = await interleave({ ours: () => ours.window(WINDOW), defaults: () => defaults.window(WINDOW), bare: () => bare.window(WINDOW) });
    const toBare = ratioOf(series.ours, series.bare);
    return resultOf("nested", { compared: "ours / defaults", unit: "requests per second", target: 6, ratio: ratioOf(series.ours, series.defaults), notes: [
      `${CUSTOMERS} customers, ${CUSTOMERS * INVOICES_EACH} invoices of which one in ${OPEN_EVERY} is open; ${CONNECTIONS} connections; all answers are the same ${ours.first.length} bytes from all three servers.`,
      `Against the bare prepared statement: ${rounded(toBare.median)} of its requests (${rounded(toBare.min)} to ${rounded(toBare.max)}).`,
      `Processor time of the server a request, in ms: ours ${ours.milliseconds}, defaults ${defaults.milliseconds}, bare ${bare.milliseconds}.`,
      "Ours checks a token and loads the person's rights with every request; the others check nothing.",
    ] }, series);
  } finally {
    load.close();
    for (const program of programs) await program.stop();
    await database.drop();
  }
}
