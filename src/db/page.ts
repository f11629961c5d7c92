import { Refusal } from "../domain/refusal.ts";
import type { Answering } from "./database.ts";

/** Which part of a list is wanted, in the manner of Relay: forward with `first` and `after`, or backward with `last` and `before`. */
export interface PageArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

export const DEFAULT_PAGE = 20;
export const LARGEST_PAGE = 200;

/** One part of a list, in list order. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly cursorOf: (row: Row) => string;
}

/** A list that can be paged: its select, and the columns that order it, the last of them unique. */
export interface List<Row> {
  readonly name: string;
  /** The select list; it must contain what `keys` reads. */
  readonly columns: string;
  readonly from: string;
  readonly order: readonly { readonly sql: string; readonly cast: string }[];
  readonly descending: boolean;
  /** Whether the ordering columns are of several tables. Only the first can then lead into an index, and is compared by itself as well. */
  readonly crossing?: boolean;
  /** The values of the ordering columns, as text. */
  readonly keys: (row: Row) => readonly string[];
}

/** Conditions of a list with their values. The first placeholder of a condition is written `?`, and so is every further one. */
export class Conditions {
  readonly values: unknown[] = [];
  readonly #texts: string[] = [];

  constructor(private readonly startAt = 0) {}

  add(text: string, ...values: readonly unknown[]): this {
    let used = 0;
    this.#texts.push(text.replace(/\?/g, () => `$${this.startAt + this.values.length + ++used}`));
    if (used !== values.length) throw new Error(`The condition "${text}" takes ${used} values and got ${values.length}.`);
    this.values.push(...values);
    return this;
  }

  /** Adds the condition unless the value is null or left out. */
  addIf(value: unknown, text: string): this {
    return value === null || value === undefined ? this : this.add(text, value);
  }

  get sql(): string {
    return this.#texts.join(" and ");
  }
}

interface Span {
  readonly size: number;
  readonly backward: boolean;
  readonly edge: readonly string[] | null;
}

const encode = (keys: readonly string[]): string => Buffer.from(JSON.stringify(keys)).toString("base64url");

function decode(cursor: string, length: number, field: string): string[] {
  try {
    const keys: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (Array.isArray(keys) && keys.length === length && keys.every((key) => typeof key === "string")) return keys as string[];
  } catch {
    // Falls through to the refusal: whatever it was, it is no cursor.
  }
  throw new Refusal("VALUE_INVALID", `"${cursor}" is not a cursor of this list.`, { field: [field] });
}

/** Reads the paging arguments. Refuses sizes outside 0 to 200, both directions at once, and cursors of other lists. */
function spanOf<Row>(list: List<Row>, args: PageArgs): Span {
  const [first, last] = [args.first ?? null, args.last ?? null];
  if (first !== null && last !== null) throw new Refusal("VALUE_INVALID", "Ask for first or last, not both.", { field: ["first"] });
  const field = last === null ? "first" : "last";
  const size = first ?? last ?? DEFAULT_PAGE;
  if (size < 0 || size > LARGEST_PAGE) throw new Refusal("LIMIT_EXCEEDED", `A page holds 0 to ${LARGEST_PAGE} items; ${size} were asked for.`, { field: [field] });
  const backward = last !== null || (first === null && Boolean(args.before));
  if (backward ? args.after : args.before) {
    throw new Refusal("VALUE_INVALID", "Page forward with first and after, or backward with last and before.", { field: [backward ? "after" : "before"] });
  }
  const cursor = backward ? args.before : args.after;
  return { size, backward, edge: cursor ? decode(cursor, list.order.length, backward ? "before" : "after") : null };
}

/** The inner query of a list: one row more than the page holds, in reading order. */
function pageSql<Row>(list: List<Row>, columns: string, conditions: Conditions, span: Span): string {
  const descending = list.descending !== span.backward;
  if (span.edge) {
    const edge = list.order.map(({ sql }) => sql).join(", ");
    const values = list.order.map(({ cast }) => `?::${cast}`).join(", ");
    const [first] = list.order;
    if (list.crossing) conditions.add(`${first!.sql} ${descending ? "<=" : ">="} ?::${first!.cast}`, span.edge[0]);
    conditions.add(`(${edge}) ${descending ? "<" : ">"} (${values})`, ...span.edge);
  }
  const order = list.order.map(({ sql }) => `${sql}${descending ? " desc" : ""}`).join(", ");
  return `select ${columns} from ${list.from} where ${conditions.sql} order by ${order} limit ${span.size + 1}`;
}

function pageOf<Row>(list: List<Row>, read: readonly Row[], span: Span): Page<Row> {
  const more = read.length > span.size;
  const rows = read.slice(0, span.size);
  if (span.backward) rows.reverse();
  const [hasNextPage, hasPreviousPage] = span.backward ? [span.edge !== null, more] : [more, span.edge !== null];
  return { rows, hasNextPage, hasPreviousPage, cursorOf: (row) => encode(list.keys(row)) };
}

/** Statements of pages differ by their conditions; the name tells them apart, so that each is prepared once. */
function nameOf(name: string, text: string): string {
  let hash = 5381;
  for (let i = 0; i < text.length; i++) hash = (hash * 33 + text.charCodeAt(i)) % 4_294_967_296;
  return `${name}.${hash.toString(36)}`;
}

/** One page of a list under conditions. */
export async function readPage<Row extends object>(on: Answering, list: List<Row>, conditions: Conditions, args: PageArgs): Promise<Page<Row>> {
  const span = spanOf(list, args);
  const text = pageSql(list, list.columns, conditions, span);
  return pageOf(list, await on.run<Row>(nameOf(list.name, text), `/* ${list.name} */ ${text}`, conditions.values), span);
}

/** What stands above the pages of a list: the list's columns that name it, and the fields of a row that repeat its key. */
export interface Parent<Row> {
  readonly company: string;
  readonly id: string;
  /** Where the list is often read below many parents: its columns without those that repeat the parent's key, and the field that its id goes to. */
  readonly known?: { readonly columns: string; readonly field: keyof Row };
}

/** The same page of a list below each of many parents, in one statement. */
export async function readPages<Row extends object>(
  on: Answering,
  list: List<Row>,
  { company, id, known }: Parent<Row>,
  parents: readonly { readonly companyId: string; readonly id: string }[],
  where: (conditions: Conditions) => Conditions,
  args: PageArgs,
): Promise<Page<Row>[]> {
  const span = spanOf(list, args);
  const conditions = where(new Conditions(2).add(`${company} = parent.company_id and ${id} = parent.id`));
  const text = `select parent.place::int, child.* from unnest($1::uuid[], $2::uuid[]) with ordinality as parent (company_id, id, place)
    cross join lateral (${pageSql(list, known?.columns ?? list.columns, conditions, span)}) as child order by parent.place`;
  const values = [parents.map((it) => it.companyId), parents.map((it) => it.id), ...conditions.values];
  const read = await on.run<Row & { place: number }>(nameOf(list.name, text), `/* ${list.name} */ ${text}`, values);
  const byPlace = parents.map((): Row[] => []);
  for (const row of read) {
    const parent = parents[row.place - 1]!;
    byPlace[row.place - 1]!.push(known ? Object.assign(row, { companyId: parent.companyId, [known.field]: parent.id }) : row);
  }
  return byPlace.map((rows) => pageOf(list, rows, span));
}
