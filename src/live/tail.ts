import type { Database } from "../db/database.ts";
import { LOG_START, type LoggedEvent, type LogPosition } from "../domain/events.ts";
import { endOfLog, readAfter, startEpoch } from "./event-log.ts";

const BATCH = 1_000;
/** Embedded, a reader waits for the open transaction, so it asks seldom and relies on the bell. */
const POLL_EMBEDDED = 1_000;
const POLL_SERVER = 25;

type Listener = (event: LoggedEvent) => void;

/**
 * Follows the event log and tells listeners of each event, once and in order. It polls; a bell rung after a commit of this
 * process only makes it sooner, and may be lost without harm. One per process.
 */
export class Tail {
  readonly #listeners = new Set<Listener>();
  #position: LogPosition = LOG_START;
  #timer: NodeJS.Timeout | null = null;
  #reading: Promise<void> | null = null;
  #rung = false;
  #stopped = true;

  constructor(
    private readonly db: Database,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** The last event that listeners were told of. */
  get position(): LogPosition {
    return this.#position;
  }

  /** How many listen now. */
  get listeners(): number {
    return this.#listeners.size;
  }

  /** Starts after the last event there is. */
  async start(): Promise<void> {
    await startEpoch(this.db);
    this.#position = await endOfLog(this.db);
    this.#stopped = false;
    this.#schedule();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#reading;
    this.#listeners.clear();
  }

  /** Hears every event after `position` as it is now, until the returned function is called. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Something was committed: look now. */
  ring(): void {
    if (this.#stopped) return;
    this.#rung = true;
    if (this.#reading) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#reading = this.#read().finally(() => {
      this.#reading = null;
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#stopped) return;
    if (this.#rung) return this.ring();
    this.#timer = setTimeout(() => this.ring(), this.db.embedded ? POLL_EMBEDDED : POLL_SERVER);
    this.#timer.unref();
  }

  async #read(): Promise<void> {
    try {
      for (let full = true; full && !this.#stopped; ) {
        this.#rung = false;
        if (await this.#skipUnheard()) return;
        const events = await readAfter(this.db, this.#position, BATCH);
        for (const event of events) this.#tell(event);
        full = events.length === BATCH;
      }
    } catch (error) {
      this.onError(error);
    }
  }

  /** Passes over what nobody listens to without reading it: an import writes many thousands of events. Whoever began to listen meanwhile hears them. */
  async #skipUnheard(): Promise<boolean> {
    if (this.#listeners.size > 0) return false;
    const end = await endOfLog(this.db);
    if (this.#listeners.size > 0) return false;
    this.#position = end;
    return true;
  }

  #tell(event: LoggedEvent): void {
    this.#position = event.position;
    for (const listener of this.#listeners) listener(event);
  }
}
