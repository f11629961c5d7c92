import type { Actor } from "../domain/actor.ts";
import { limitExceeded } from "./limits.ts";

const MINUTE = 60_000;
/** Buckets that are kept; full ones are as good as none, and go first. */
const BUCKETS_AT_MOST = 10_000;

interface Bucket {
  left: number;
  at: number;
}

/**
 * Requests a minute of each client of this process, as a bucket that holds a minute's worth and fills evenly: short bursts
 * pass, a loop that never rests does not.
 */
export class RateLimit {
  readonly #buckets = new Map<string, Bucket>();

  constructor(
    private readonly perMinute: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Counts a request of an actor, or of an address that did not sign in. Throws, with the seconds to wait, when it is one too many. */
  admit(actor: Actor | null, address: string): void {
    if (this.perMinute <= 0) return;
    const bucket = this.#bucket(actor ? `actor:${actor.memberId ?? actor.subject}` : `address:${address}`);
    if (bucket.left >= 1) return void bucket.left--;
    const retryAfter = Math.ceil(((1 - bucket.left) * MINUTE) / this.perMinute / 1000);
    throw limitExceeded(
      `More than ${this.perMinute} requests within a minute, the limit of one client. Try again in ${retryAfter} s.`,
      { limited: "rate", limit: this.perMinute, retryAfter },
      { status: 429, headers: new Map([["retry-after", String(retryAfter)]]) },
    );
  }

  #bucket(key: string): Bucket {
    const now = this.now();
    let bucket = this.#buckets.get(key);
    if (bucket) {
      bucket.left = Math.min(this.perMinute, bucket.left + ((now - bucket.at) * this.perMinute) / MINUTE);
      bucket.at = now;
    } else {
      if (this.#buckets.size >= BUCKETS_AT_MOST) this.#forget(now);
      this.#buckets.set(key, (bucket = { left: this.perMinute, at: now }));
    }
    return bucket;
  }

  /** Lets go of buckets that are full by now; of the oldest ones where none is. */
  #forget(now: number): void {
    for (const [key, { left, at }] of this.#buckets) if (left + ((now - at) * this.perMinute) / MINUTE >= this.perMinute) this.#buckets.delete(key);
    for (const key of this.#buckets.keys()) {
      if (this.#buckets.size < BUCKETS_AT_MOST) return;
      this.#buckets.delete(key);
    }
  }
}
