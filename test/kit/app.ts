import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { type App, assemble, type Surroundings } from "../../src/app.ts";
import type { Database } from "../../src/db/database.ts";
import type { Clock } from "../../src/domain/clock.ts";
import { comparePositions, LOG_START } from "../../src/domain/events.ts";
import type { Pages } from "../../src/pages.ts";
import { listen } from "../../src/server.ts";
import { type Answer, ask, dataOf } from "./ask.ts";
import { type FoundedCompany, foundCompany, type NewCompany } from "./company.ts";
import { openTestDatabase } from "./database.ts";

/** What the tokens of tests are signed with. */
export const TEST_SECRET = "a secret of tests, of at least 32 letters";

const HOUR = 3600;

/** Calls with a document whose types `npm run codegen` made, or with plain text. */
export interface Caller<Wrapped extends "answer" | "data"> {
  <Result, Variables extends object>(
    token: string | null,
    document: TypedDocumentNode<Result, Variables>,
    ...variables: {} extends Variables ? [Variables?] : [Variables]
  ): Promise<Wrapped extends "data" ? Result : Answer<Result>>;
  // oxlint-disable-next-line no-explicit-any -- Text has no types; a test that reads its answer states them by what it expects.
  <Result = any>(token: string | null, document: string, variables?: object): Promise<Wrapped extends "data" ? Result : Answer<Result>>;
}

/** The real server on a real database, as a client meets it. */
export interface TestApp {
  readonly app: App;
  readonly db: Database;
  /** Such as `http://localhost:41234`, without `/graphql`. */
  readonly url: string;
  /** Where other processes reach the database; null for an embedded one. */
  readonly databaseUrl: string | null;
  /** Folder that uploads pass or lie in. */
  readonly spool: string;
  /** Errors that the server masked, which are bugs. `close` throws if there are any: a test that provokes one takes it out. */
  readonly faults: unknown[];
  /** A valid token; of an operator when asked, and living an hour unless told otherwise. */
  readonly token: (subject: string, options?: { readonly operator?: boolean; readonly seconds?: number }) => Promise<string>;
  /** Sends an operation by HTTP and returns its data. Throws when the answer carries errors. */
  readonly query: Caller<"data">;
  /** Sends an operation by HTTP and returns everything that came back, errors too. */
  readonly ask: Caller<"answer">;
  /**
   * Resolves when live clients have been told of everything in the log. Await it before subscribing: what was committed just
   * before may otherwise arrive as the first push, as the log waits for every transaction of the cluster that began earlier.
   */
  readonly caughtUp: () => Promise<void>;
  /** Founds a company with one member in each role. A test makes its own, so that tests of one file can share a database. */
  readonly company: (wish?: NewCompany) => Promise<FoundedCompany>;
  readonly close: () => Promise<void>;
}

/** Starts the server on a fresh database. Call it in `beforeAll`, and `close` in `afterAll`. */
export async function openTestApp({ clock, pages = null, ...told }: { readonly clock?: Clock; readonly pages?: Pages | null } & Pick<Surroundings, "limits" | "provider" | "localTokens"> = {}): Promise<TestApp> {
  const database = await openTestDatabase(clock);
  const spool = mkdtempSync(join(tmpdir(), "openitem-test-"));
  const faults: unknown[] = [];
  const app = await assemble(database.db, { secret: TEST_SECRET, spool, ...told, log: (_id, error) => faults.push(error) });
  await app.start();
  const server = await listen(app, 0, "localhost", pages);

  const token: TestApp["token"] = (subject, { operator = false, seconds = HOUR } = {}) => app.tokens.sign({ subject, operator }, seconds);
  const answer = ((bearer: string | null, document: string, variables?: object) => ask(server.url, bearer, document, variables)) as Caller<"answer">;
  const query = (async (bearer: string | null, document: string, variables?: object) => dataOf(await answer(bearer, document, variables), faults)) as Caller<"data">;
  const caughtUp = async (): Promise<void> => {
    const [last] = await database.db.run<{ epoch: number; xid: string; id: bigint }>("test.lastEvent", "select epoch, xid::text as xid, id from event order by epoch desc, xid desc, id desc limit 1", []);
    const end = last ? { ...last, xid: BigInt(last.xid) } : LOG_START;
    while (comparePositions(app.tail.position, end) < 0) {
      await new Promise<void>((resolve) => {
        const leave = app.tail.listen(() => (leave(), resolve()));
      });
    }
  };
  const close = async (): Promise<void> => {
    await server.close();
    await app.stop();
    await database.close();
    rmSync(spool, { recursive: true, force: true });
    if (faults.length > 0) throw new AggregateError(faults, `The server masked ${faults.length} unexpected error(s); the first: ${String((faults[0] as Error)?.stack ?? faults[0])}`);
  };
  return {
    app, db: database.db, spool, url: server.url, databaseUrl: database.url, faults, token, query, ask: answer, caughtUp, close,
    company: (wish) => foundCompany({ query, token }, wish),
  };
}
