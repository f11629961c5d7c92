import pg from "pg";

/** PostgreSQL type numbers that this house reads in its own way. */
const BIGINT = 20;
const DATE = 1082;
const TIMESTAMPTZ = 1184;

/** `2026-03-31 10:00:00.123456+00` as ISO 8601, with its microseconds: two clocks of the books differ by less than a millisecond. */
const isoMoment = (text: string): string => text.replace(" ", "T").replace(/\+00(:00)?$/, "Z");

const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  [BIGINT]: BigInt,
  [DATE]: (text) => text,
  [TIMESTAMPTZ]: isoMoment,
};

/** How columns arrive: `bigint` as BigInt, a business date and a moment as text. Everything else as node-postgres has it. */
export const columnTypes = {
  getTypeParser(oid: number, format?: string): unknown {
    return (format !== "binary" && parsers[oid]) || pg.types.getTypeParser(oid, format as "text");
  },
};
