import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { print } from "graphql";
import { createClient } from "graphql-ws";
import { WebSocket } from "ws";

const PATIENCE = 10_000;

/** A subscription over a real WebSocket, as a client holds it. */
export interface Live<Result> extends AsyncIterable<Result> {
  /** The next push. Throws after ten seconds of silence, when the subscription failed, and when it is over. */
  readonly next: () => Promise<Result>;
  /** So many further pushes, in the order they came. */
  readonly take: (count: number) => Promise<Result[]>;
  /** The close code of the socket, once it is closed by either side. */
  readonly closed: Promise<number>;
  /** Leaves, and waits until the socket is closed. */
  readonly close: () => Promise<void>;
}

/**
 * Subscribes over graphql-ws without ever retrying. Every subscription of this house begins with a push that only says
 * where the stream stands: await it before doing what the test wants to hear of.
 */
export function subscribe<Result, Variables extends object>(url: string, token: string, document: TypedDocumentNode<Result, Variables>, variables?: Variables): Live<Result>;
// oxlint-disable-next-line no-explicit-any -- Text has no types; a test that reads its pushes states them by what it expects.
export function subscribe<Result = any>(url: string, token: string, document: string, variables?: object): Live<Result>;
export function subscribe<Result>(url: string, token: string, document: string | TypedDocumentNode<Result>, variables: object = {}): Live<Result> {
  const inbox = new Inbox<Result>();
  let hearClosed: (code: number) => void;
  const closed = new Promise<number>((resolve) => (hearClosed = resolve));
  const client = createClient({
    url: `${url.replace(/^http/, "ws")}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
    retryAttempts: 0,
    lazy: true,
    on: { closed: (event) => hearClosed((event as { code: number }).code) },
    // A failure is told by the subscription itself; the default would also print it.
    onNonLazyError: () => {},
  });
  client.subscribe<Result>(
    { query: typeof document === "string" ? document : print(document), variables: variables as Record<string, unknown> },
    {
      next: ({ data, errors }) => (errors ? inbox.fail(new Error(`A push carried errors: ${JSON.stringify(errors)}`)) : inbox.put(data as Result)),
      error: (reason) => inbox.fail(failureOf(reason)),
      complete: () => inbox.fail(new Error("The server completed the subscription.")),
    },
  );
  const take = async (count: number): Promise<Result[]> => {
    const pushes: Result[] = [];
    while (pushes.length < count) pushes.push(await inbox.next());
    return pushes;
  };
  const close = async (): Promise<void> => {
    await client.dispose();
    await closed;
  };
  return { next: () => inbox.next(), take, closed, close, [Symbol.asyncIterator]: () => ({ next: async () => ({ done: false, value: await inbox.next() }) }) };
}

/** Why a subscription failed: the server's errors, or the close code of the socket. */
function failureOf(reason: unknown): Error {
  if (reason instanceof Error) return reason;
  if (Array.isArray(reason)) return new Error(`The subscription was refused: ${JSON.stringify(reason)}`);
  const { code, reason: text } = reason as { code?: number; reason?: string };
  return new Error(`The socket closed with ${code} ${text ?? ""}`.trim());
}

/** Pushes that came and were not yet asked for, or the failure that ended them. */
class Inbox<Push> {
  readonly #came: Push[] = [];
  #failure: Error | null = null;
  #wake: () => void = () => {};

  put(push: Push): void {
    this.#came.push(push);
    this.#wake();
  }

  fail(failure: Error): void {
    this.#failure ??= failure;
    this.#wake();
  }

  async next(): Promise<Push> {
    if (this.#came.length === 0 && !this.#failure) await this.#arrival();
    if (this.#came.length > 0) return this.#came.shift()!;
    throw this.#failure;
  }

  #arrival(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`No push came within ${PATIENCE / 1000} seconds. Was the subscription's first push awaited before the command?`)), PATIENCE);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
