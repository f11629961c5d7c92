import { dayOf } from "../domain/dates.ts";
import type { Tokens } from "../companies/tokens.ts";
import { DEMO_SUBJECT, demoBooks } from "./demo-books.ts";
import { type Ask, seedDemo } from "./seed.ts";

const SECONDS = 600;

/** Whether the demo's person works anywhere yet on the server at an address. */
export async function hasDemo(url: string, tokens: Tokens): Promise<boolean> {
  const ask = await askAs(url, tokens, false);
  const { viewer } = await ask("{ viewer { memberships { roles } } }", {});
  return (viewer as { memberships: unknown[] }).memberships.length > 0;
}

/** Puts the demo company on the server at an address, with books as of today. */
export async function seedServer(url: string, tokens: Tokens): Promise<void> {
  await seedDemo(await askAs(url, tokens, true), await askAs(url, tokens, false), demoBooks(dayOf(new Date())));
}

async function askAs(url: string, tokens: Tokens, operator: boolean): Promise<Ask> {
  const token = await tokens.sign({ subject: operator ? "demo-operator" : DEMO_SUBJECT, operator }, SECONDS);
  return async (query, variables) => {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: Record<string, unknown>; errors?: { message: string }[] };
    if (errors) throw new Error(errors.map(({ message }) => message).join("\n"));
    return data;
  };
}
