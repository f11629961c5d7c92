import { type Answering, type Database, only, statement } from "./database.ts";

/** How often a reader looks again at a write that has been announced and not dated: it is being dated that very moment. */
const PATIENCE = 200;

/**
 * Every running write holds two advisory locks of one 64-bit key: that of its announcement (an even key) and, at once after
 * it, that of its date (odd). Customer locks have two 32-bit keys, and other kinds of lock another mode. The database's own
 * clock is read before the locks are, and stepped back by its smallest step: what is dated later than this reading is later.
 */
const clamp = statement<{ knownAt: string; dated: boolean }, [string | null, Date | null]>(
  "knownAt.clamp",
  `with asked as materialized (
          select least(coalesce($1::timestamptz, 'infinity'), coalesce($2::timestamptz, clock_timestamp() - interval '1 microsecond')) as at
        ), held as (
          select pid, (classid::bigint << 32) | objid::bigint as key
            from pg_locks
           where locktype = 'advisory' and objsubid = 1 and mode = 'ShareLock' and granted
             and database = (select oid from pg_database where datname = current_database())
             and (select at from asked) is not null
        ), running as (
          select max(key) filter (where key % 2 = 1) as dated, max(key) filter (where key % 2 = 0) as announced from held group by pid
        ), oldest as (
          select 'epoch'::timestamptz + (min(coalesce(dated, announced)) / 2) * interval '1 microsecond' as at, bool_and(dated is not null) as dated from running
        )
   select least(asked.at, oldest.at - interval '1 microsecond') as "knownAt", coalesce(oldest.dated, true) as dated from asked, oldest`,
);

/**
 * The moment a figure may be known at: the one asked for, or now, but always before the oldest running write. Asked again
 * with the value returned here, the figure never changes, and the same value is returned: whatever was running is dated
 * later than it, and whatever begins afterwards is, too. (A clock that is handed in has to move on between a figure and the
 * next write for that, as the database's own does.)
 */
export async function settleKnownAt(db: Database, asked: string | null, on: Answering = db): Promise<string> {
  for (let look = 1; ; look++) {
    const { knownAt, dated } = only(await clamp(on, asked, db.clock.now()));
    if (dated || look >= PATIENCE) return knownAt;
  }
}
