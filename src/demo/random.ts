/** Numbers that look drawn and follow from a text: the same text gives the same numbers on every machine. */
export class Random {
  #state: number;

  constructor(private readonly seed: string) {
    let hash = 2166136261;
    for (const letter of seed) hash = Math.imul(hash ^ letter.codePointAt(0)!, 16777619);
    this.#state = hash >>> 0;
  }

  /** A source of its own for a part, so that what one part draws does not move what another gets. */
  of(part: string): Random {
    return new Random(`${this.seed}/${part}`);
  }

  /** From 0 to just under 1 (mulberry32). */
  fraction(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number between two, both included. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.fraction() * (to - from + 1));
  }

  between(from: number, to: number): number {
    return from + this.fraction() * (to - from);
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.whole(0, list.length - 1)]!;
  }
}
