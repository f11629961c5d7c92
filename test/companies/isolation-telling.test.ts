import { type Facts, type RootField } from "./probes.ts";
import { outcomeOf, rowsOf } from "./secrets.ts";
import { app, attempts, before, companyId, LONG, openTwo, ours, probe, requests, theirBooks } from "./two-companies.ts";

beforeAll(openTwo, LONG);
afterAll(() => app.close());

test("a person who may do everything in one company cannot tell what another company has from what nobody has", async () => {
  const different: string[] = [];
  // All questions come first: what the commands do in the own company is told by the questions after them.
  for (const operation of ["query", "mutation"]) {
    for (const root of requests().filter((it) => it.operation === operation)) {
      for (const { name, facts, ofNobody } of attempts) {
        const [told, toldOfNobody] = [await heard(root, facts), await heard(root, ofNobody)];
        if (told !== toldOfNobody) different.push(`${root.path} with ${name}:\n${told.slice(0, 2_000)}\n${toldOfNobody.slice(0, 2_000)}`);
      }
    }
  }
  expect(different).toEqual([]);
  expect(await rowsOf(app, companyId)).toEqual(before.rows);
  expect(await theirBooks()).toBe(before.seen);
}, LONG);

/** What a person who may do everything in the own company is told when asking with some facts. */
async function heard(root: RootField, facts: Facts): Promise<string> {
  const answers = await probe(ours.everything, root, facts);
  return answers.map(({ sent, answer }) => outcomeOf(root.operation === "query" ? answer : refusalsIn(answer), { sent, words: facts.words })).join("\n");
}

/** Why a command was not done. What it did do carries new ids and moments each time. */
function refusalsIn(answer: unknown): unknown {
  const { errors, data } = answer as { errors: unknown; data: Record<string, Record<string, unknown>> | null };
  const userErrors = Object.values(data ?? {}).flatMap((payload) => Object.entries(payload ?? {}).filter(([name]) => name.endsWith("userErrors")).map(([, it]) => it));
  return { errors, userErrors };
}
