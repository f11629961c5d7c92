import { type DocumentNode, print } from "graphql";

/** An error as a client sees it. */
export interface AnsweredError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string; readonly refusal?: string; readonly field?: readonly string[]; readonly id?: string };
}

/** What came back over HTTP. */
export interface Answer<Result> {
  readonly status: number;
  readonly data: Result | null;
  readonly errors: readonly AnsweredError[];
}

/** Sends one operation to a server by HTTP, with a bearer token unless it is null. */
export async function ask<Result>(url: string, token: string | null, document: string | DocumentNode, variables: object = {}): Promise<Answer<Result>> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(token !== null && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query: typeof document === "string" ? document : print(document), variables }),
  });
  const body = (await response.json()) as { data?: Result | null; errors?: AnsweredError[] };
  return { status: response.status, data: body.data ?? null, errors: body.errors ?? [] };
}

/** The data of an answer without errors. Throws with the errors otherwise, and with what the server masked behind them. */
export function dataOf<Result>({ status, data, errors }: Answer<Result>, faults: readonly unknown[] = []): Result {
  if (errors.length === 0 && data !== null) return data;
  const told = errors.map(({ message, path, extensions }) => `${extensions?.code ?? "?"} at ${path?.join(".") ?? "the request"}: ${message}`);
  const masked = faults.map((fault) => `masked: ${String((fault as Error)?.stack ?? fault)}`);
  throw new Error([`The server answered ${status} with errors.`, ...told, ...masked].join("\n  "));
}
