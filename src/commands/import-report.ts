import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { Presets, SingleBar } from "cli-progress";
import type { Client } from "./client.ts";

/** An import as the command follows it. */
export interface FollowedImport {
  readonly id: string;
  readonly status: "STAGING" | "POSTING" | "POSTED" | "REFUSED";
  readonly errorMessage: string | null;
  readonly finishedAt: string | null;
  readonly counts: {
    readonly rows: number;
    readonly duplicates: number;
    readonly rejects: number;
    readonly skipped: number;
    readonly warnings: number;
    readonly alreadyKnown: number;
    readonly posted: number;
    readonly invoices: number;
    readonly payments: number;
  };
  readonly skips: readonly { readonly reason: string; readonly rows: number }[];
}

/** A fault or a warning of one row. */
interface Reject {
  readonly line: number;
  readonly column: string;
  readonly value: string;
  readonly reason: string;
  readonly warning: boolean;
}

const PLAIN_EVERY = 2_000;

/** Shows how far an import has come: a bar on a terminal, a line now and then elsewhere. */
export class Progress {
  readonly #bar: SingleBar | null;
  #told = 0;
  #status = "";

  constructor(terminal: boolean) {
    this.#bar = terminal ? new SingleBar({ format: "{phase} [{bar}] {value}/{total} rows", hideCursor: true, clearOnComplete: true }, Presets.shades_classic) : null;
    this.#bar?.start(1, 0, { phase: "Reading" });
  }

  show({ status, counts }: FollowedImport): void {
    const { rows, duplicates, rejects, skipped, alreadyKnown, posted } = counts;
    const reading = status === "STAGING";
    const [value, total] = reading ? [0, rows] : [posted, rows - duplicates - rejects - skipped - alreadyKnown];
    this.#bar?.setTotal(Math.max(total, 1));
    this.#bar?.update(value, { phase: reading ? "Checking" : "Posting " });
    if (this.#bar || (status === this.#status && Date.now() - this.#told < PLAIN_EVERY)) return;
    console.log(reading ? `Checking: ${rows} rows read.` : `Posting: ${posted} of ${total} rows.`);
    [this.#status, this.#told] = [status, Date.now()];
  }

  stop(): void {
    this.#bar?.stop();
  }
}

const REJECTS = `query ImportRejects($id: ID!, $after: String) {
  import(id: $id) { rejects(first: 200, after: $after) { edges { node { line column value reason warning } } pageInfo { hasNextPage endCursor } } }
}`;

interface RejectsAnswer {
  readonly import: { readonly rejects: { readonly edges: { readonly node: Reject }[]; readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null } } };
}

/** Writes every fault of an import into a CSV file, in the order of lines, and answers with how many there are. */
export async function writeRejects(client: Client, importId: string, path: string): Promise<number> {
  const file = createWriteStream(path);
  file.write("line,column,value,reason\r\n");
  let count = 0;
  for (let after: string | null = null, more = true; more; ) {
    const { edges, pageInfo }: RejectsAnswer["import"]["rejects"] = (await client.ask<RejectsAnswer>(REJECTS, { id: importId, after })).import.rejects;
    for (const { node } of edges) {
      if (node.warning) continue;
      file.write(`${node.line},${cell(node.column)},${cell(node.value)},${cell(node.reason)}\r\n`);
      count++;
    }
    after = pageInfo.endCursor;
    more = pageInfo.hasNextPage;
  }
  file.end();
  await finished(file);
  return count;
}

/** A cell of a CSV file that no spreadsheet takes for a formula. */
export function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** What became of the rows of a file, for people. */
export function summary({ counts, skips }: FollowedImport): string {
  const { rows, duplicates, rejects, skipped, warnings, alreadyKnown, posted, invoices, payments } = counts;
  return [
    `${many(rows, "row")}: ${posted} posted, ${alreadyKnown} known already, ${many(duplicates, "duplicate")}, ${rejects} rejected${skipped > 0 ? `, ${skipped} passed over` : ""}; ${many(warnings, "warning")}.`,
    `Put on the books: ${many(invoices, "invoice")} and ${many(payments, "payment")}.`,
    ...skips.map(({ reason, rows: passed }) => `Passed over, ${many(passed, "row")}: ${reason}`),
  ].join("\n");
}

const many = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? "" : "s"}`;
