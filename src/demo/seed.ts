import { setTimeout } from "node:timers/promises";
import { BOOK_MAP } from "./book-file.ts";
import { DEMO_COMPANY, type DemoBooks } from "./demo-books.ts";
import { type Ask, DemoRefused, order, TOGETHER } from "./desk.ts";
import { COMMANDS, type Fact } from "./facts.ts";
import { addCustomers } from "./founding.ts";

/** How the demo's person reaches a server. */
export interface DemoAccess {
  readonly ask: Ask;
  /** Hands in a file and answers with its id. */
  readonly upload: (name: string, content: string) => Promise<string>;
}

/** What a filling tells, and what stops it between two steps. */
export interface Filling {
  readonly signal?: AbortSignal;
  /** Told at the start and after each step how many entries are on the books, of how many. */
  readonly progress?: (done: number, all: number) => void;
}

const POLL = 200;
const START = `mutation ($input: ImportBookInput!) { importBook(input: $input) { import { id } userErrors { message } } }`;
const LOOK = `query ($id: ID!) { import(id: $id) { status errorMessage finishedAt } }`;
const THERE = `query ($number: String!) { invoices(company: "${DEMO_COMPANY}", number: $number, first: 1) { edges { node { id } } } }`;

/**
 * Puts the demo's year on the books of a company that is founded, through the API as its people would. Every step is done
 * once however often it is asked for, so that what was interrupted goes on. Answers whether it came to the end.
 */
export async function fillDemo({ ask, upload }: DemoAccess, books: DemoBooks, { signal, progress }: Filling = {}): Promise<boolean> {
  const stopped = (): boolean => signal?.aborted === true;
  const { facts } = books;
  let done = await countDone(ask, facts);
  progress?.(done, facts.length);
  if (done === 0) {
    await addCustomers(ask, books);
    if (stopped() || !(await importBook(ask, await upload("demo-year.csv", books.book), stopped))) return false;
  }
  for (; done < facts.length; done = Math.min(done + TOGETHER, facts.length)) {
    if (stopped()) return false;
    await order(ask, facts.slice(done, done + TOGETHER).map(({ command, input }, index) => ({
      mutation: command, inputType: COMMANDS[command], input: { company: DEMO_COMPANY, ...input, idempotencyKey: `demo-${done + index}` },
    })));
    progress?.(Math.min(done + TOGETHER, facts.length), facts.length);
  }
  return true;
}

/** How many facts are on the books for certain: they come in order, so those before the last invoice that is there. */
async function countDone(ask: Ask, facts: readonly Fact[]): Promise<number> {
  const invoices = facts.flatMap(({ command, number }, index) => (command === "issueInvoice" ? [{ number, index }] : []));
  let [there, missing] = [-1, invoices.length];
  while (missing - there > 1) {
    const middle = (there + missing) >> 1;
    const { edges } = (await ask(THERE, { number: invoices[middle]!.number })).invoices as { edges: readonly unknown[] };
    if (edges.length > 0) there = middle;
    else missing = middle;
  }
  return there === -1 ? 0 : invoices[there]!.index + 1;
}

/** Imports the open-item list and waits for its end. Answers whether it ended. */
async function importBook(ask: Ask, fileId: string, stopped: () => boolean): Promise<boolean> {
  const { importBook: begun } = (await ask(START, { input: { company: DEMO_COMPANY, fileId, map: BOOK_MAP, acceptGood: false } })) as {
    importBook: { import: { id: string } | null; userErrors: readonly { message: string }[] };
  };
  if (!begun.import) throw new DemoRefused(`importBook refused: ${begun.userErrors[0]?.message}`);
  while (!stopped()) {
    const { status, errorMessage, finishedAt } = (await ask(LOOK, { id: begun.import.id })).import as { status: string; errorMessage: string | null; finishedAt: string | null };
    if (finishedAt !== null && status === "POSTED") return true;
    if (finishedAt !== null || errorMessage !== null) throw new DemoRefused(`The book of the demo was not imported: ${errorMessage}`);
    await setTimeout(POLL);
  }
  return false;
}
