import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { SentStatement } from "./capture.ts";
import type { LookedAt } from "./pgbench.ts";

/** Commands to be sent as bare statements. */
export interface DriverJob {
  readonly url: string;
  readonly statements: readonly SentStatement[];
  readonly looked: Omit<LookedAt, "share">;
  readonly share: number;
  readonly clients: number;
  readonly transactions: number;
  readonly from: number;
}

/** The statements of a command through node-postgres alone, in a process of its own: what is left of it without GraphQL and without rules. */
export interface Driver {
  /** Answers with the commands a second. */
  readonly run: (job: DriverJob) => Promise<number>;
  readonly close: () => void;
}

export function startDriver(): Driver {
  const child = fork(join(import.meta.dirname, "driver-process.ts"), { execArgv: ["--import", "tsx"], serialization: "advanced" });
  return {
    run: async (job) => {
      child.send(job);
      const [rate] = (await Promise.race([once(child, "message"), once(child, "exit").then(() => Promise.reject(new Error("The bare driver ended.")))])) as [number];
      return rate;
    },
    close: () => void child.kill(),
  };
}
