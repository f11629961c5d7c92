import type { Database } from "../db/database.ts";

const CLAIM = `select pg_try_advisory_lock(hashtext('import'), hashtext($1)) as held`;
const RELEASE = `select pg_advisory_unlock(hashtext('import'), hashtext($1))`;

/**
 * Makes this process the one that works on an import, and gives the way to let go of it; null while another process has it.
 * The claim lives and ends with a connection, so that of a killed process is free at once. An embedded database belongs to
 * one process anyway.
 */
export async function claimImport(db: Database, importId: string): Promise<(() => Promise<void>) | null> {
  if (db.embedded) return async () => {};
  const runner = db.source.createQueryRunner();
  try {
    const [{ held }] = await runner.query(CLAIM, [importId]);
    if (held) return () => letGo(runner, importId);
  } catch (error) {
    await runner.release();
    throw error;
  }
  await runner.release();
  return null;
}

/** Gives the claim back. Where the connection was lost, so was the claim. */
async function letGo(runner: ReturnType<Database["source"]["createQueryRunner"]>, importId: string): Promise<void> {
  try {
    await runner.query(RELEASE, [importId]);
  } catch {
    // Nothing is held any more.
  } finally {
    await runner.release();
  }
}
