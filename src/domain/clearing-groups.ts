import type { BookRow } from "./book-row.ts";
import { decimalFromMinor, total } from "./money.ts";
import type { Clearing } from "./row-rules.ts";
import type { RowFault } from "./row-cells.ts";

/** What cleared a row, as its file tells it. */
export interface RowClearing {
  /** The clearing document, as one text. */
  readonly group: string;
  /** The kind of document that the row is. */
  readonly kind: string;
}

/** What became of all rows that carry a clearing document. */
export interface SettledGroups {
  /** Invoices that a payment of the same file settled. */
  readonly paid: readonly BookRow[];
  /** Rows to be passed over, each with the reason. */
  readonly skipped: readonly string[];
  readonly faults: readonly RowFault[];
}

const REVERSED = "Invoices and what took them back cleared each other: nothing is owed, and no cash came in.";
const PAYMENTS = "Payments that cleared invoices of this file: each invoice is paid on its clearing date.";

/**
 * Judges rows that cleared each other once all of a file is read, because what a group comes to is not known before. A group that does not add up to
 * nothing within the file is reported row by row and never forced: a part of it stands elsewhere.
 */
export class ClearingGroups {
  readonly #groups = new Map<string, { readonly row: BookRow; readonly kind: string }[]>();

  constructor(private readonly clearing: Clearing) {}

  add(row: BookRow, { group, kind }: RowClearing): void {
    const rows = this.#groups.get(group);
    if (rows) rows.push({ row, kind });
    else this.#groups.set(group, [{ row, kind }]);
  }

  /** What became of the rows added so far; none of them is kept. */
  settle(): SettledGroups {
    const settled = { paid: [] as BookRow[], skipped: [] as string[], faults: [] as RowFault[] };
    for (const [group, members] of this.#groups) {
      const fault = this.#faultOf(group, members);
      for (const { row } of members) {
        if (fault !== null) settled.faults.push({ line: row.line, column: this.clearing.group[0]!, value: group, reason: fault });
        else if (members.some((it) => this.clearing.payments.includes(it.kind) && it.row.minor < 0n)) {
          if (row.minor > 0n) settled.paid.push(row);
          else settled.skipped.push(PAYMENTS);
        } else settled.skipped.push(REVERSED);
      }
    }
    this.#groups.clear();
    return settled;
  }

  #faultOf(group: string, members: readonly { readonly row: BookRow; readonly kind: string }[]): string | null {
    const { row: { currency, accountKey } } = members[0]!;
    if (members.some(({ row }) => row.currency !== currency)) return `What ${group} cleared is in more than one currency.`;
    if (members.some(({ row }) => row.accountKey !== accountKey)) return `What ${group} cleared belongs to more than one account.`;
    const sum = total(members.map(({ row }) => row.minor));
    if (sum !== 0n) return `What ${group} cleared adds up to ${decimalFromMinor(sum, currency)} ${currency} in this file, not to nothing: the rest of it is missing here.`;
    const credits = members.filter(({ row }) => row.minor < 0n);
    const of = (kinds: readonly string[]): boolean => credits.every(({ kind }) => kinds.includes(kind));
    return of(this.clearing.payments) || of(this.clearing.reversals) ? null : `What ${group} cleared was settled by other things than payments or reversals alone.`;
  }
}
