import { wholeQueries } from "../graphql/whole-schema.ts";
import type { TestApp } from "../kit/app.ts";
import { subscribe } from "../kit/live.ts";
import { documentOf, type Facts, type RootField, rootFields } from "./probes.ts";
import type { Seeded } from "./seed.ts";

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const GLOBAL_ID = /^([A-Za-z]+):([0-9a-f-]{36}):([0-9a-f-]{36})$/;
/** Shorter texts are looked for as a whole, because they may stand inside others by chance. */
const LONG_ENOUGH = 6;
/** Ids of each type that are tried: one could be found by chance. */
const KEPT = 2;

/** A text in an answer, and the name of the field that it stands in. */
interface Leaf {
  readonly name: string;
  readonly text: string;
}

/** Every text in a JSON value. */
export function leavesOf(value: unknown, name = ""): Leaf[] {
  if (typeof value === "string") return [{ name, text: value }];
  if (Array.isArray(value)) return value.flatMap((it) => leavesOf(it, name));
  return value === null || typeof value !== "object" ? [] : Object.entries(value).flatMap(([key, it]) => leavesOf(it, key));
}

/** What an opaque text says to somebody who takes it apart: an id, a page cursor. */
const insideOf = (text: string): string => (/^[\w-]{16,}$/.test(text) ? Buffer.from(text, "base64url").toString() : "");

/** All that the people of a company can see of it together: every query, all that was ever pushed, and the answers of its commands. */
export async function everythingOf(app: TestApp, { company, everything, answers }: Seeded): Promise<unknown[]> {
  const { schema } = app.app;
  const queried = [];
  for (const { field, document } of wholeQueries(schema)) {
    queried.push({ [field]: await app.query(everything, document, document.includes("$company") ? { company: company.code } : {}) });
  }
  const pushed = [];
  for (const field of rootFields(schema).filter(({ operation }) => operation === "subscription")) {
    pushed.push({ [field.field.name]: await pushesUpToNow(app, everything, field, { company: company.code, after: Buffer.from("0.0.0").toString("base64url") }) });
  }
  return [...queried, ...pushed, ...answers];
}

/** What a subscription brings until it only tells where it stands; or, refused, why. */
export async function pushesUpToNow(app: TestApp, token: string, field: RootField, variables: object): Promise<unknown[]> {
  const { schema } = app.app;
  const live = subscribe<Record<string, Record<string, unknown>>>(app.url, token, documentOf(schema, field, Object.keys(variables)), variables);
  const pushes: unknown[] = [];
  try {
    for (;;) {
      const push = await live.next();
      pushes.push(push);
      if (Object.values(push[field.field.name]!).every((part) => part === null || typeof part === "string")) return pushes;
    }
  } catch (error) {
    return [...pushes, { message: (error as Error).message }];
  } finally {
    await live.close();
  }
}

/** Ids by type and cursors by root field, as somebody who saw everything of a company could have kept them. */
export function keptFrom(seen: readonly unknown[]): Pick<Facts, "ids" | "cursors"> {
  const ids: Record<string, string[]> = {};
  for (const { text } of leavesOf(seen)) {
    const type = GLOBAL_ID.exec(insideOf(text))?.[1];
    const kept = type ? (ids[type] ??= []) : [];
    if (type && kept.length < KEPT && !kept.includes(text)) kept.push(text);
  }
  const cursors: Record<string, string> = {};
  for (const part of seen) {
    const [field, content] = Object.entries(part as object)[0]!;
    const cursor = leavesOf(content).find(({ name }) => /cursor$/i.test(name));
    if (cursor) cursors[field] = cursor.text;
  }
  return { ids, cursors };
}

/** Global ids taken apart and put together with the company of one and the keys of another. */
export function forged(companyFrom: Facts["ids"], keysFrom: Facts["ids"]): Facts["ids"] {
  const [, company] = GLOBAL_ID.exec(insideOf(companyFrom["Customer"]![0]!))!.slice(1);
  const forge = (text: string): string => {
    const [type, , key] = GLOBAL_ID.exec(insideOf(text))!.slice(1);
    return Buffer.from(`${type}:${company}:${key}`).toString("base64url");
  };
  return Object.fromEntries(Object.entries(keysFrom).map(([type, all]) => [type, all.map(forge)]));
}

/** What the people of one company can see and those of another cannot: ids, names, numbers, amounts, moments. */
export class Secrets {
  readonly texts: ReadonlySet<string>;
  readonly #search: RegExp;

  constructor(ours: readonly unknown[], theirs: readonly unknown[], known: readonly string[]) {
    const [mine, others] = [wordsIn(ours), wordsIn(theirs)];
    this.texts = new Set([...mine].filter((text) => text.length > 2 && !others.has(text) && !known.includes(text)));
    const long = [...this.texts].filter((text) => text.length >= LONG_ENOUGH).sort((a, b) => b.length - a.length);
    this.#search = new RegExp(long.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "g");
  }

  /** The secrets in an answer, with the fields they stand in. A message may repeat what was sent to it. */
  foundIn(answer: unknown, sent: unknown): string[] {
    const told = leavesOf(sent).map(({ text }) => text);
    const repeats = (secret: string): boolean => told.some((text) => text.includes(secret) || insideOf(text).includes(secret));
    return leavesOf(answer).flatMap(({ name, text }) => {
      const found = `${text}\n${insideOf(text)}`.match(this.#search) ?? (this.texts.has(text) ? [text] : []);
      return found.filter((secret) => name !== "message" || !repeats(secret)).map((secret) => `${name}: ${secret}`);
    });
  }
}

/** Every text of a value, and the keys inside its ids. Places in the log are no secret: they count what happens anywhere. */
function wordsIn(value: unknown): Set<string> {
  const words = new Set<string>();
  for (const { name, text } of leavesOf(value)) {
    const placeInLog = name.endsWith("cursor") && /^\d+\.\d+\.\d+$/.test(insideOf(text));
    if (placeInLog || name.endsWith("typename")) continue;
    words.add(text);
    for (const key of insideOf(text).match(UUID) ?? []) words.add(key);
  }
  return words;
}

/** A fingerprint of every row that a company has, table by table. */
export async function rowsOf({ db }: TestApp, companyId: string): Promise<Record<string, string>> {
  const tables = await db.run<{ name: string }>("tables", `select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'company_id' order by 1`, []);
  const marks: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await db.run<{ mark: string }>(`rows.${name}`, `select count(*) || ' rows, ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), 'none') as mark from "${name}" t where company_id = $1`, [companyId]);
    marks[name] = row!.mark;
  }
  return marks;
}

/** An answer without what differs each time it is asked, and with everything that was sent replaced by a sign. */
export function outcomeOf(answer: unknown, sent: unknown): string {
  const told = leavesOf(sent).map(({ text }) => text).filter((text) => text.length >= LONG_ENOUGH).sort((a, b) => b.length - a.length);
  let text = JSON.stringify(answer, (key, it: unknown) => (/(knownAt|Push_cursor)$/.test(key) ? undefined : it));
  for (const word of told) text = text.replaceAll(word, "…");
  return text;
}
