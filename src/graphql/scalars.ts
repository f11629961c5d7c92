import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from "graphql";
import { businessDate, isBusinessDate } from "../domain/dates.ts";

const bad = (message: string): GraphQLError => new GraphQLError(message, { extensions: { code: "BAD_USER_INPUT" } });
const textOf = (node: ValueNode): unknown => (node.kind === Kind.STRING ? node.value : null);

function readMinorUnits(value: unknown): bigint {
  if (typeof value === "string" && /^-?\d{1,15}$/.test(value)) return BigInt(value);
  throw bad("MinorUnits is a whole number in a string, of at most 15 digits.");
}

/** Money crosses JSON as a string: a JSON number loses cents above 2^53. */
export const MinorUnits = new GraphQLScalarType<bigint, string>({
  name: "MinorUnits",
  description: "An amount in the minor units of its currency (cents for USD), as a whole number in a string.",
  serialize: (value) => (value as bigint).toString(),
  parseValue: readMinorUnits,
  parseLiteral: (node) => readMinorUnits(textOf(node)),
});

function readDate(value: unknown): string {
  if (typeof value === "string" && isBusinessDate(value)) return businessDate(value);
  throw bad(`${JSON.stringify(value)} is not a date; write it like "2026-03-31".`);
}

export const BusinessDateScalar = new GraphQLScalarType<string, string>({
  name: "Date",
  description: "A day of the calendar as `YYYY-MM-DD`, without a time zone. Business dates are days, not moments.",
  serialize: (value) => value as string,
  parseValue: readDate,
  parseLiteral: (node) => readDate(textOf(node)),
});

function readMoment(value: unknown): string {
  if (typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)$/.test(value) && !Number.isNaN(Date.parse(value))) return value;
  throw bad(`${JSON.stringify(value)} is not a moment; write it like "2026-03-31T09:30:00Z".`);
}

export const MomentScalar = new GraphQLScalarType<string, string>({
  name: "DateTime",
  description: "A moment in ISO 8601 with its offset, such as `2026-03-31T09:30:00Z`. Answers are in UTC, to the microsecond.",
  serialize: (value) => value as string,
  parseValue: readMoment,
  parseLiteral: (node) => readMoment(textOf(node)),
});
