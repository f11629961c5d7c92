import { createHash } from "node:crypto";
import { only, statement } from "../db/database.ts";
import type { Tx } from "../db/transaction.ts";
import { Refusal } from "../domain/refusal.ts";

const claim = statement<{ key: string }, [string, string, string, string]>(
  "commands.claim",
  `insert into command_answer (company_id, key, input_hash, answer, recorded_at) values ($1, $2, $3, 'null', $4) on conflict do nothing returning key`,
);

const earlier = statement<{ inputHash: string; answer: unknown }, [string, string]>(
  "commands.earlier",
  `select input_hash as "inputHash", answer from command_answer where company_id = $1 and key = $2`,
);

const keep = statement<object, [string, string, string]>("commands.keep", `update command_answer set answer = $3 where company_id = $1 and key = $2`);

const LONGEST_KEY = 200;

/** A command as a client sent it: which, with what, and under which key. */
export interface KeyedCommand {
  readonly companyId: string;
  readonly command: string;
  readonly key: string | null | undefined;
  readonly input: unknown;
}

/**
 * Runs a command at most once per key, in the command's own transaction. Sent again with the same input it returns the first
 * answer; with another input it is refused. A second one that comes while the first still runs waits for it. The customers
 * concerned are locked before.
 */
export async function oncePerKey<Answer>(tx: Tx, { companyId, command, key, input }: KeyedCommand, work: () => Promise<Answer>): Promise<Answer> {
  if (key === null || key === undefined) return work();
  if (key.length === 0 || key.length > LONGEST_KEY) {
    throw new Refusal("VALUE_INVALID", `An idempotency key has 1 to ${LONGEST_KEY} characters.`, { field: ["idempotencyKey"] });
  }
  const inputHash = createHash("sha256").update(`${command}:${canonical(input)}`).digest("hex");
  const claimed = await claim(tx, companyId, key, inputHash, tx.recordedAt);
  if (claimed.length === 0) {
    const first = only(await earlier(tx, companyId, key));
    if (first.inputHash === inputHash) return first.answer as Answer;
    throw new Refusal("IDEMPOTENCY_KEY_REUSED", "This idempotency key was used before with another input.", { field: ["idempotencyKey"] });
  }
  const answer = await work();
  await keep(tx, companyId, key, JSON.stringify(answer));
  return answer;
}

/** JSON with sorted keys and without nulls, so that one input has one text; a bigint reads as its digits. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, it: unknown) => {
    if (typeof it === "bigint") return it.toString();
    if (it === null || typeof it !== "object" || Array.isArray(it)) return it;
    return Object.fromEntries(Object.entries(it).filter(([, inner]) => inner !== null && inner !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
