import { statement } from "./database.ts";
import type { Tx } from "./transaction.ts";

const lockPairs = statement<object, [number[], number[]]>(
  "locks.customers",
  `select pg_advisory_xact_lock(a, b) from (select * from unnest($1::int[], $2::int[]) as key (a, b) order by a, b) as sorted`,
);

/** The last 32 bits of a UUIDv7, which are random: enough to keep different customers apart nearly always. */
const lockKey = (id: string): number => Number.parseInt(id.slice(-8), 16) | 0;

/**
 * Locks customers until the transaction ends, in one order everywhere. A command does this before its first write: the lock
 * assigns no transaction id, so the events of one customer sort in the order they were committed in.
 */
export async function lockCustomers(tx: Tx, companyId: string, customerIds: Iterable<string>): Promise<void> {
  const keys = new Set([...customerIds].map(lockKey));
  if (keys.size === 0) return;
  const sorted = [...keys].sort((a, b) => a - b);
  await lockPairs(tx, sorted.map(() => lockKey(companyId)), sorted);
}
