import type { Database } from "../db/database.ts";
import { comparePositions, type EventKind, type LoggedEvent, type LogPosition } from "../domain/events.ts";
import { readMissed } from "./event-log.ts";
import type { Tail } from "./tail.ts";

/** Which events a subscriber wants. Everything but the company is optional; null means any. */
export interface EventFilter {
  readonly companyId: string;
  readonly kinds: readonly EventKind[];
  readonly customerId: string | null;
  readonly reason: string | null;
  /** Only events of at least this amount, in minor units of `currency`. */
  readonly minimumMinor: bigint | null;
  readonly currency: string | null;
}

/** A step of a stream: an event that passed the filter, or, with null, only how far the stream has come. */
export interface StreamStep {
  readonly position: LogPosition;
  readonly event: LoggedEvent | null;
}

const REPLAY_PAGE = 500;
/** A subscriber that does not keep up is let go; it comes back with its cursor and misses nothing. */
const LONGEST_QUEUE = 10_000;

/** The subscriber fell too far behind and was let go. It may come back with its last cursor. */
export class TooSlow extends Error {
  override readonly name = "TooSlow";
}

function passes(filter: EventFilter, event: LoggedEvent): boolean {
  return (
    event.companyId === filter.companyId &&
    filter.kinds.includes(event.kind) &&
    event.batchId === null &&
    (filter.customerId === null || event.customerId === filter.customerId) &&
    (filter.reason === null || event.reason === filter.reason) &&
    (filter.currency === null || event.currency === filter.currency) &&
    (filter.minimumMinor === null || (event.minor !== null && event.minor >= filter.minimumMinor))
  );
}

/**
 * The events a subscriber wants, each exactly once and in order: first those it missed after its cursor, then the live ones.
 * Begins, after what was missed, with a step that only tells where the stream stands, and repeats such a step whenever
 * `heartbeat` milliseconds passed in silence, so that a cursor is never older than that.
 */
export function streamEvents(db: Database, tail: Tail, filter: EventFilter, after: LogPosition | null, heartbeat: number): AsyncGenerator<StreamStep, void> {
  const queue = new Queue(filter, after);
  const joined = tail.position;
  const leave = tail.listen((event) => queue.hear(event));
  const steps = follow(db, queue, filter, after, joined, heartbeat);
  const stop = (): void => {
    leave();
    queue.close();
  };
  return {
    next: () => steps.next(),
    // A generator that waits would only hear of the end when the wait is over, so the wait is ended first.
    return: (value) => (stop(), steps.return(value)),
    throw: (error) => (stop(), steps.throw(error)),
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.asyncDispose]: async () => void (stop(), await steps.return()),
  };
}

async function* follow(db: Database, queue: Queue, filter: EventFilter, after: LogPosition | null, joined: LogPosition, heartbeat: number): AsyncGenerator<StreamStep, void> {
  if (after) yield* missed(db, filter, after, joined);
  yield { position: after && comparePositions(after, joined) > 0 ? after : joined, event: null };
  while (!queue.closed) {
    const step = await queue.next(heartbeat);
    // Whoever left while this waited is told nothing more, not even where the stream stands.
    if (queue.closed) return;
    yield step ?? { position: queue.heardUpTo(joined), event: null };
  }
}

async function* missed(db: Database, filter: EventFilter, after: LogPosition, upTo: LogPosition): AsyncGenerator<StreamStep, void> {
  for (let from = after, more = true; more; ) {
    const events = await readMissed(db, filter.companyId, from, upTo, REPLAY_PAGE);
    for (const event of events) if (passes(filter, event)) yield { position: event.position, event };
    more = events.length === REPLAY_PAGE;
    from = events.at(-1)?.position ?? from;
  }
}

/** Live events on their way to one subscriber. */
class Queue {
  readonly #steps: StreamStep[] = [];
  #heard: LogPosition | null = null;
  #wake: (() => void) | null = null;
  #overflowed = false;
  #closed = false;

  constructor(
    private readonly filter: EventFilter,
    private readonly after: LogPosition | null,
  ) {}

  get closed(): boolean {
    return this.#closed;
  }

  hear(event: LoggedEvent): void {
    this.#heard = event.position;
    if (!passes(this.filter, event)) return;
    if (this.after && comparePositions(event.position, this.after) <= 0) return;
    if (this.#steps.length >= LONGEST_QUEUE) this.#overflowed = true;
    else this.#steps.push({ position: event.position, event });
    this.#wake?.();
  }

  /** The next event, or null after `patience` milliseconds without one. */
  async next(patience: number): Promise<StreamStep | null> {
    if (this.#steps.length === 0 && !this.#overflowed && !this.#closed) await this.#silence(patience);
    const step = this.#steps.shift();
    if (!step && this.#overflowed) throw new TooSlow("This subscriber fell too far behind; subscribe again with the last cursor.");
    return step ?? null;
  }

  /** How far the log was heard while nothing waits in the queue: a safe place to come back to. */
  heardUpTo(joined: LogPosition): LogPosition {
    const heard = this.#heard ?? joined;
    return this.after && comparePositions(this.after, heard) > 0 ? this.after : heard;
  }

  close(): void {
    this.#closed = true;
    this.#wake?.();
  }

  async #silence(patience: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, patience);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = null;
  }
}
