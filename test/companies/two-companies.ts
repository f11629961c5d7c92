import { randomUUID } from "node:crypto";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { documentOf, type Facts, PROBES, type RootField, rootFields } from "./probes.ts";
import { everythingOf, forged, keptFrom, outcomeOf, pushesUpToNow, rowsOf, Secrets } from "./secrets.ts";
import { type Seeded, seed, wordsOf } from "./seed.ts";

/** How long trying everything may take. */
export const LONG = 600_000;

export let app: TestApp;
export let ours: Seeded;
export let theirs: Seeded;
export let secrets: Secrets;
export let attempts: readonly Attempt[];
export let before: { readonly rows: Record<string, string>; readonly seen: string };
export let companyId: string;

/** Something to try with the facts of another company, and the same with facts of nobody. */
export interface Attempt {
  readonly name: string;
  readonly facts: Facts;
  readonly ofNobody: Facts;
}

/** Opens a server with two companies, each of which knows what there is to know of the other. */
export async function openTwo(): Promise<void> {
  // Probes ask for everything there is; the limits have tests of their own.
  app = await openTestApp({ limits: { aliases: Infinity, tokens: Infinity, cost: Infinity, rate: 0 } });
  theirs = await seed(app, "ALPHA", 731_000);
  ours = await seed(app, "BRAVO", 524_000);
  const [seenByThem, seenByUs] = [await everythingOf(app, theirs), await everythingOf(app, ours)];
  secrets = new Secrets(seenByThem, seenByUs, [...Object.values(theirs.words), theirs.company.code]);
  attempts = attemptsWith(keptFrom(seenByThem), keptFrom(seenByUs));
  companyId = Buffer.from(theirs.company.companyId, "base64url").toString().split(":")[1]!;
  before = { rows: await rowsOf(app, companyId), seen: await theirBooks() };
}

/** Every way to mix the other company into a question: its code, its ids, ids put together of both, its cursors and its words. */
function attemptsWith(them: Pick<Facts, "ids" | "cursors">, us: Pick<Facts, "ids" | "cursors">): Attempt[] {
  const nobody = { code: "nobody-co", words: wordsOf("NOBODY"), ids: forged({ Customer: [madeUpId("Customer")] }, madeUp(them.ids)) };
  const [their, our] = [theirs.company.code, ours.company.code];
  const heard = { words: theirs.words, cursors: them.cursors };
  const invented = { words: nobody.words, cursors: them.cursors };
  return [
    { name: "their code, ids and words", facts: { code: their, ids: them.ids, ...heard }, ofNobody: { code: nobody.code, ids: nobody.ids, ...invented } },
    { name: "our code with their ids and words", facts: { code: our, ids: them.ids, ...heard }, ofNobody: { code: our, ids: nobody.ids, ...invented } },
    { name: "no code with their ids and words", facts: { code: null, ids: them.ids, ...heard }, ofNobody: { code: null, ids: nobody.ids, ...invented } },
    { name: "our code with their keys in ids of ours", facts: { code: our, ids: forged(us.ids, them.ids), ...heard }, ofNobody: { code: our, ids: forged(us.ids, madeUp(them.ids)), ...invented } },
    { name: "our code with our keys in ids of theirs", facts: { code: our, ids: forged(them.ids, us.ids), ...heard }, ofNobody: { code: our, ids: forged(nobody.ids, us.ids), ...invented } },
    { name: "their code with our ids and words", facts: { code: their, ids: us.ids, words: ours.words, cursors: us.cursors }, ofNobody: { code: nobody.code, ids: us.ids, words: ours.words, cursors: us.cursors } },
  ];
}

const madeUpId = (type: string): string => Buffer.from(`${type}:${randomUUID()}:${randomUUID()}`).toString("base64url");
const madeUp = (ids: Facts["ids"]): Facts["ids"] => Object.fromEntries(Object.entries(ids).map(([type, all]) => [type, all.map(() => madeUpId(type))]));

/** What the other company sees of itself. */
export const theirBooks = async (): Promise<string> => outcomeOf((await everythingOf(app, theirs)).filter((part) => !("viewer" in (part as object))), []);

/** Asks one root field in every way of its probe, and answers with what came back. */
export async function probe(token: string | null, root: RootField, facts: Facts): Promise<{ sent: object; answer: unknown }[]> {
  const answers = [];
  for (const sent of PROBES[root.path]!(facts)) {
    const answer =
      root.operation === "subscription" ? await pushesUpToNow(app, token!, root, sent) : await app.ask(token, documentOf(app.app.schema, root, Object.keys(sent)), sent);
    answers.push({ sent, answer });
  }
  return answers;
}

export const fields = (): RootField[] => rootFields(app.app.schema);
export const requests = (): RootField[] => fields().filter(({ operation }) => operation !== "subscription");
export const subscriptions = (): RootField[] => fields().filter(({ operation }) => operation === "subscription");

/** Tries everything as one person, and fails with what was learned of the other company. */
export async function expectNothingLearned(token: string | null, roots: readonly RootField[], tried = attempts): Promise<void> {
  const learned: string[] = [];
  for (const { name, facts } of tried) {
    for (const root of roots) {
      for (const { sent, answer } of await probe(token, root, facts)) learned.push(...secrets.foundIn(answer, sent).map((found) => `${root.path} with ${name} told ${found}, asked ${JSON.stringify(sent)}`));
    }
  }
  expect(learned).toEqual([]);
}
