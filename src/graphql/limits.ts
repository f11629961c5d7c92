import { DEEPEST_QUERY } from "./depth-limit.ts";

/** What one client may ask of the server, so that all others are served too. */
export interface Limits {
  /** How deep fields may nest. */
  readonly depth: number;
  /** Most aliases in a document. */
  readonly aliases: number;
  /** Most directives in a document. */
  readonly directives: number;
  /** Most tokens (names, brackets, values) in a document. */
  readonly tokens: number;
  /** Highest price of an operation, as `query-cost.ts` counts it. */
  readonly cost: number;
  /** Requests a minute of one person, key or, without a token, address; 0 for any number. */
  readonly rate: number;
  /** How long a query may take, in milliseconds. */
  readonly timeout: number;
  /** How long a fresh socket may wait with `connection_init`, in milliseconds. */
  readonly handshake: number;
  /** How often the rights behind an open socket are looked at again, in milliseconds. */
  readonly recheck: number;
}

/** Generous to people, boards and BI tools; tight for a runaway loop. */
export const DEFAULT_LIMITS: Limits = {
  depth: DEEPEST_QUERY,
  aliases: 100,
  directives: 50,
  tokens: 5_000,
  cost: 50_000,
  rate: 30_000,
  timeout: 30_000,
  handshake: 10_000,
  recheck: 30_000,
};
