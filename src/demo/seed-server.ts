import type { Tokens } from "../companies/tokens.ts";
import { DEMO_COMPANY, DEMO_SUBJECT, demoBooks } from "./demo-books.ts";
import { completeDemo, folderDemo, wishDemo } from "./demo-wish.ts";
import type { Ask } from "./desk.ts";
import { foundDemo } from "./founding.ts";
import { fillDemo, type Filling } from "./seed.ts";

const SECONDS = 3600;

/** Whether the demo's person works anywhere yet on the server at an address. */
export async function hasDemo(url: string, tokens: Tokens): Promise<boolean> {
  const ask = await askAs(url, tokens, false);
  const { viewer } = await ask("{ viewer { memberships { roles } } }", {});
  return (viewer as { memberships: unknown[] }).memberships.length > 0;
}

/** Founds the demo company on the server at an address, so that its person can sign in, with books that end today. */
export async function foundOnServer(url: string, tokens: Tokens, folder: string): Promise<void> {
  wishDemo(folder);
  await found(url, tokens);
}

const found = async (url: string, tokens: Tokens): Promise<void> => foundDemo(await askAs(url, tokens, true), await askAs(url, tokens, false));

/** What became of filling the demo of a folder. */
export type Filled = "NO_DEMO" | "COMPLETE_BEFORE" | "COMPLETE" | "STOPPED";

/** Puts the year of a folder's demo on the books of the server at an address, or what is missing of it. */
export async function fillServer(url: string, tokens: Tokens, folder: string, filling: Filling = {}): Promise<Filled> {
  const demo = folderDemo(folder);
  if (!demo) return "NO_DEMO";
  if (demo.complete) return "COMPLETE_BEFORE";
  // Founding may have been interrupted too.
  await found(url, tokens);
  const upload = async (name: string, content: string): Promise<string> => {
    const authorization = `Bearer ${await tokenOf(tokens, false)}`;
    const response = await fetch(`${url}/files?${new URLSearchParams({ name, company: DEMO_COMPANY })}`, { method: "POST", headers: { authorization, "content-type": "application/octet-stream" }, body: content });
    const { id } = (await response.json()) as { id?: string };
    if (!id) throw new Error(`The server did not take ${name}: it answered ${response.status}.`);
    return id;
  };
  const all = await fillDemo({ ask: await askAs(url, tokens, false), upload }, demoBooks(demo), filling);
  if (!all) return "STOPPED";
  completeDemo(folder, demo);
  return "COMPLETE";
}

const tokenOf = (tokens: Tokens, operator: boolean): Promise<string> => tokens.sign({ subject: operator ? "demo-operator" : DEMO_SUBJECT, operator }, SECONDS);

async function askAs(url: string, tokens: Tokens, operator: boolean): Promise<Ask> {
  const token = await tokenOf(tokens, operator);
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
