/** How far an import has come. Part of the public schema: add states, never rename them. */
export const ImportStatus = {
  /** The file is being read and checked; nothing is on the books yet. */
  STAGING: "STAGING",
  /** The file is good, and its rows go onto the books part by part. */
  POSTING: "POSTING",
  /** All that was to be posted is on the books. */
  POSTED: "POSTED",
  /** Nothing was posted. */
  REFUSED: "REFUSED",
} as const;
export type ImportStatus = (typeof ImportStatus)[keyof typeof ImportStatus];

/** What was found in a file and done about it. After posting, `rows = duplicates + rejects + skipped + known + posted`. */
export interface ImportCounts {
  readonly rows: number;
  readonly duplicates: number;
  readonly rejects: number;
  readonly skipped: number;
  readonly warnings: number;
  readonly known: number;
  readonly posted: number;
  readonly invoices: number;
  readonly payments: number;
}

/** Counts that add nothing. */
export const NOTHING: ImportCounts = { rows: 0, duplicates: 0, rejects: 0, skipped: 0, warnings: 0, known: 0, posted: 0, invoices: 0, payments: 0 };
