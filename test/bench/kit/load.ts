import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** GraphQL requests to send to a server. */
export interface LoadJob {
  readonly url: string;
  readonly token: string | null;
  /** The bodies that each connection sends, one after another. A connection that comes to the end begins again while time is left. */
  readonly bodies: readonly (readonly string[])[];
  /** How long to send; null sends each body once. */
  readonly milliseconds: number | null;
  /** Whether all answers must be the same bytes; otherwise each must be a mutation's answer without `userErrors`. */
  readonly same: boolean;
}

/** What came back. */
export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p99: number;
  /** The first answer. */
  readonly first: string;
  /** What was wrong with an answer; null when every one was checked and right. */
  readonly fault: string | null;
}

/** A load generator in a process of its own. */
export interface Load {
  /** Does a job and answers with what came back. Throws when a single answer was wrong. */
  readonly run: (job: LoadJob) => Promise<LoadResult>;
  readonly close: () => void;
}

/** Starts a load generator. It stays for many jobs, so that its own warming up is over before the first round. */
export function startLoad(): Load {
  const child = fork(join(import.meta.dirname, "load-process.ts"), { execArgv: ["--import", "tsx"] });
  return {
    run: async (job) => {
      child.send(job);
      const [result] = (await once(child, "message")) as [LoadResult];
      if (result.fault !== null) throw new Error(`The answers of ${job.url} were not all right: ${result.fault}`);
      return result;
    },
    close: () => void child.kill(),
  };
}
