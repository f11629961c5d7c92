import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { type Client } from "./client.ts";
import { CommandError } from "./run.ts";

/** Streams a file of this machine to the server, for a command to name, and answers with its id there. */
export async function upload({ url, token }: Client, path: string, company: string | null): Promise<string> {
  const query = new URLSearchParams({ name: basename(path), ...(company && { company }) });
  const response = await fetch(`${url}/files?${query}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/octet-stream" },
    body: createReadStream(path) as never,
    duplex: "half",
  });
  const { id, error, errors } = (await response.json()) as { id?: string; error?: { message: string }; errors?: { message: string }[] };
  if (!id) throw new CommandError(error?.message ?? errors?.[0]?.message ?? `The server answered ${response.status}.`);
  return id;
}
