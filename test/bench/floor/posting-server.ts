import { readFileSync } from "node:fs";
import { deserialize } from "node:v8";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import pg from "pg";
import { columnTypes } from "../../../src/db/column-types.ts";
import type { SentStatement } from "../kit/capture.ts";
import { type Named, sendCommand } from "../kit/send-command.ts";

/*
 * The least that posting a payment can cost behind Apollo Server: the mutation is read and answered, and the same statements are
 * sent as they were seen. No token, no rights, no rules, nothing read of what the database answers but the ids.
 */

const SCHEMA = `
  type Query { nothing: Int }
  type Mutation { recordPayment(input: RecordPaymentInput!): Recorded! }
  type Recorded { payment: Payment userErrors: [UserError!]! }
  type Payment { id: ID! }
  type UserError { code: String! message: String! }
  input RecordPaymentInput { account: String!, amount: String!, currency: String!, receivedOn: String!, reference: String, lines: [RemittanceLineInput!]! }
  input RemittanceLineInput { reference: String!, gross: String! }`;

interface Input {
  readonly account: string;
  readonly lines: readonly { readonly reference: string }[];
}

const [url, file] = process.argv.slice(2) as [string, string];
const { statements, looked } = deserialize(readFileSync(file)) as { statements: SentStatement[]; looked: Named };
const pool = new pg.Pool({ connectionString: url, max: 10, types: columnTypes as pg.CustomTypesConfig, options: "-c timezone=UTC" });

async function recordPayment(_: unknown, { input }: { readonly input: Input }) {
  const client = await pool.connect();
  try {
    await sendCommand(client, statements, looked, { account: input.account, invoice: input.lines[0]!.reference });
  } finally {
    client.release();
  }
  return { payment: { id: input.account }, userErrors: [] };
}

const server = new ApolloServer({ typeDefs: SCHEMA, resolvers: { Mutation: { recordPayment } } });
const { url: listening } = await startStandaloneServer(server, { listen: { port: 0 } });
console.log(`listening ${listening}`);
