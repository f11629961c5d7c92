import { type Answering, type Database, only, statement } from "./database.ts";

const clamp = statement<{ knownAt: string }, [string | null, Date | null]>(
  "knownAt.clamp",
  `with asked as materialized (select least(coalesce($1::timestamptz, 'infinity'), coalesce($2::timestamptz, clock_timestamp())) as at),
        running as (
          select min(to_timestamp((((classid::bigint << 32) | objid::bigint)::numeric / 1000000)::double precision)) as since
            from pg_locks
           where locktype = 'advisory' and objsubid = 1 and granted and mode = 'ShareLock'
             and database = (select oid from pg_database where datname = current_database())
             and (select at from asked) is not null
        )
   select least(asked.at, running.since - interval '1 millisecond') as "knownAt" from asked, running`,
);

/**
 * The moment a figure may be known at: the one asked for, or now, but always before the oldest running write began.
 * Asked twice with the value returned here, a figure never changes.
 */
export async function settleKnownAt(db: Database, asked: string | null, on: Answering = db): Promise<string> {
  return only(await clamp(on, asked, db.clock.now())).knownAt;
}
