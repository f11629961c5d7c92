import type { Actor } from "../domain/actor.ts";
import type { ImportRun } from "./import-run.sql.ts";

/** Whoever asked for an import, as the one in whose name its steps are recorded. What the person may do was checked when asking. */
export const requesterOf = ({ memberId }: Pick<ImportRun, "memberId">): Actor => ({ memberId, subject: "", operator: false, grants: new Map() });
