import { type BusinessDate, dayOf } from "../domain/dates.ts";
import type { Database } from "./database.ts";

/** Today in UTC, by the clock that the database was opened with. */
export const today = (db: Pick<Database, "clock">): BusinessDate => dayOf(db.clock.now() ?? new Date());
