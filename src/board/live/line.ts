/** How the board stands to the server's news. */
export interface LineState {
  /** `behind` is a line that is back and still receives what was missed. */
  readonly name: "connecting" | "live" | "behind" | "offline";
  /** When the line was lost; null unless it is lost, or not yet caught up. */
  readonly lostAt: Date | null;
  /** The last time it came back; null when it never had to, or when that was told long enough. */
  readonly back: { readonly at: Date; readonly missed: number } | null;
}

const TOLD_FOR = 12_000;

/** The state of the live connection, told to whoever shows it. All streams share one socket. */
export class Line {
  #state: LineState = { name: "connecting", lostAt: null, back: null };
  #missed = 0;
  readonly #streams = new Set<string>();
  readonly #standing = new Set<string>();
  readonly #listeners = new Set<() => void>();
  readonly #whenBack = new Set<() => void>();

  /** @param toldFor milliseconds for which a return is told. */
  constructor(private readonly toldFor = TOLD_FOR) {}

  readonly state = (): LineState => this.#state;

  readonly subscribe = (changed: () => void): (() => void) => {
    this.#listeners.add(changed);
    return () => this.#listeners.delete(changed);
  };

  /** Calls back each time the line has caught up after a loss. */
  whenBack(act: () => void): () => void {
    this.#whenBack.add(act);
    return () => this.#whenBack.delete(act);
  }

  opened(stream: string): void {
    this.#streams.add(stream);
  }

  left(stream: string): void {
    this.#streams.delete(stream);
    this.#standing.delete(stream);
  }

  connected(): void {
    this.#standing.clear();
    if (this.#state.lostAt) this.#set({ ...this.#state, name: "behind" });
  }

  lost(): void {
    this.#standing.clear();
    if (this.#state.name !== "offline") this.#set({ name: "offline", lostAt: this.#state.lostAt ?? new Date(), back: null });
  }

  /** A stream pushed something that happened. */
  heard(): void {
    if (this.#state.name === "behind") this.#missed++;
  }

  /** A stream has pushed all that was missed, and stands at the present. */
  stands(stream: string): void {
    this.#standing.add(stream);
    if (this.#state.name === "live" || [...this.#streams].some((it) => !this.#standing.has(it))) return;
    const wasLost = this.#state.lostAt !== null;
    this.#set({ name: "live", lostAt: null, back: wasLost ? { at: new Date(), missed: this.#missed } : null });
    this.#missed = 0;
    if (!wasLost) return;
    for (const act of this.#whenBack) act();
    const told = this.#state;
    setTimeout(() => this.#state === told && this.#set({ ...told, back: null }), this.toldFor);
  }

  #set(state: LineState): void {
    this.#state = state;
    for (const changed of this.#listeners) changed();
  }
}
