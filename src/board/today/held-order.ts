import { useState } from "react";
import type { TodayQuery } from "../gql/documents.ts";
import type { nodesOf } from "../format.ts";

/** A customer of the worklist, in one currency. */
export type Row = ReturnType<typeof nodesOf<NonNullable<NonNullable<NonNullable<NonNullable<TodayQuery["pastDueCustomers"]>["edges"]>[number]>["node"]>>>[number];

export const keyOf = ({ customer, open }: Row): string => `${customer.id} ${open.currency}`;

interface Held {
  readonly rows: readonly Row[];
}

/**
 * Rows in the order in which they were first shown: nothing moves under the hand. New rows come last, and one that left the
 * list stays in its place until the order is renewed. `moved` says how many would stand elsewhere in the new order.
 */
export function useHeldOrder(rows: readonly Row[]): { readonly shown: readonly { readonly row: Row; readonly gone: boolean }[]; readonly moved: number; readonly reorder: () => void } {
  const [held, setHeld] = useState<Held>({ rows });
  const fresh = new Map(rows.map((row) => [keyOf(row), row]));
  const known = new Set(held.rows.map(keyOf));
  const added = rows.filter((row) => !known.has(keyOf(row)));
  // The last figures of every row are kept, for the day on which it leaves the list.
  if (added.length > 0 || held.rows.some((row) => (fresh.get(keyOf(row)) ?? row) !== row)) setHeld({ rows: [...held.rows.map((row) => fresh.get(keyOf(row)) ?? row), ...added] });
  const shown = [...held.rows.map((row) => fresh.get(keyOf(row)) ?? row), ...added].map((row) => ({ row, gone: !fresh.has(keyOf(row)) }));
  const staying = shown.filter(({ gone }) => !gone);
  const moved = shown.length - staying.length + staying.filter(({ row }, place) => keyOf(row) !== keyOf(rows[place]!)).length;
  return { shown, moved, reorder: () => setHeld({ rows }) };
}
