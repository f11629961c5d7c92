import type { DataSource } from "typeorm";

/** Any number; every process that migrates takes this lock. */
const MIGRATION_LOCK = [1869636974, 1] as const;

/** Brings the tables up to date. Of several processes that start together one does it, and the others wait. */
export async function migrate(source: DataSource): Promise<string[]> {
  const guard = source.createQueryRunner();
  const embedded = source.options.poolSize === 1;
  try {
    if (!embedded) await guard.query("select pg_advisory_lock($1, $2)", [...MIGRATION_LOCK]);
    else await guard.release();
    const done = await source.runMigrations({ transaction: "each" });
    return done.map(({ name }) => name);
  } finally {
    if (!guard.isReleased) {
      await guard.query("select pg_advisory_unlock($1, $2)", [...MIGRATION_LOCK]);
      await guard.release();
    }
  }
}
