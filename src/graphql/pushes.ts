import { createHash } from "node:crypto";
import { createSourceEventStream, type DocumentNode, type ExecutionArgs, type ExecutionResult, getOperationAST, Kind, print, visit } from "graphql";
import type { Actor } from "../domain/actor.ts";
import { cursorOf } from "../live/cursor.ts";
import type { StreamStep } from "../live/stream.ts";
import type { Context } from "./context.ts";
import type { CompiledExecutor } from "./executor.ts";

/** Results that subscribers of one group may still ask for. The fastest and the slowest are seldom further apart. */
const REMEMBERED = 2_000;

/** What an actor may see. Two actors of one class see the same of everything. */
export function classOf(actor: Actor): string {
  const grants = [...actor.grants].map(([companyId, { permissions }]) => `${companyId}:${[...permissions].sort().join(",")}`);
  return grants.sort().join(";");
}

/** The variable that only the root field takes, as its cursor: it says where a subscriber starts, not what it sees. */
function cursorVariable(document: DocumentNode, operationName: string | null | undefined): string | null {
  const uses = new Map<string, number>();
  visit(document, { Variable: ({ name }) => void uses.set(name.value, (uses.get(name.value) ?? 0) + 1) });
  const root = getOperationAST(document, operationName)?.selectionSet.selections.find((selection) => selection.kind === Kind.FIELD);
  const after = root?.kind === Kind.FIELD ? root.arguments?.find((argument) => argument.name.value === "after") : undefined;
  const name = after?.value.kind === Kind.VARIABLE ? after.value.name.value : null;
  // Once where it is declared, and once at the root field.
  return name !== null && uses.get(name) === 2 ? name : null;
}

/**
 * Runs subscriptions. Subscribers that ask the same with the same rights form a group; each event is read and shaped once
 * per group, however many subscribe.
 */
export class Pushes {
  readonly #results = new Map<string, Promise<ExecutionResult>>();

  constructor(
    private readonly executor: CompiledExecutor,
    private readonly contextFor: (actor: Actor) => Context,
  ) {}

  async subscribe(args: ExecutionArgs): Promise<AsyncGenerator<ExecutionResult, void> | ExecutionResult> {
    const source = await createSourceEventStream(args);
    if (!(Symbol.asyncIterator in source)) return source;
    const steps = source as AsyncGenerator<StreamStep, void>;
    const { document, operationName = null, variableValues } = args;
    const { actor } = args.contextValue as Context;
    const text = createHash("sha256").update(`${operationName}:${print(document)}`).digest("base64url");
    const cursor = cursorVariable(document, operationName);
    const seen = Object.entries(variableValues ?? {}).filter(([name]) => name !== cursor);
    const group = `${text}:${JSON.stringify(seen)}:${classOf(actor)}`;
    const run = (step: StreamStep): Promise<ExecutionResult> =>
      this.#once(`${group}:${cursorOf(step.position)}:${step.event ? "event" : "mark"}`, () =>
        this.executor.execute(`push:${text}`, document, operationName, step, this.contextFor(actor), variableValues ?? {}),
      );
    return mapped(steps, run);
  }

  #once(key: string, execute: () => Promise<ExecutionResult>): Promise<ExecutionResult> {
    let result = this.#results.get(key);
    if (result) return result;
    this.#results.set(key, (result = execute()));
    // What went wrong once may go right for the next subscriber.
    const forget = (): void => void this.#results.delete(key);
    result.then(({ errors }) => errors && forget(), forget);
    if (this.#results.size > REMEMBERED) this.#results.delete(this.#results.keys().next().value!);
    return result;
  }
}

/** The results of a stream's steps, in order; ending the one ends the other at once. */
function mapped(steps: AsyncGenerator<StreamStep, void>, run: (step: StreamStep) => Promise<ExecutionResult>): AsyncGenerator<ExecutionResult, void> {
  const next = async (): Promise<IteratorResult<ExecutionResult, void>> => {
    const step = await steps.next();
    return step.done ? step : { done: false, value: await run(step.value) };
  };
  const end = async (): Promise<IteratorResult<ExecutionResult, void>> => (await steps.return(), { done: true, value: undefined });
  return {
    next,
    return: end,
    throw: async (error) => (await end(), Promise.reject(error)),
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.asyncDispose]: async () => void (await end()),
  };
}
