/** Tokens remembered at most: those of everybody who is at work. */
const REMEMBERED = 1_000;

/**
 * Verifies a token once and remembers what it said, as the signature of the same text never changes. Only good tokens are
 * remembered, and each only until it expires: what a forger sends takes no place.
 */
export class TokenMemory<Verified extends { readonly expiresAt: Date }> {
  readonly #known = new Map<string, Verified>();

  constructor(
    private readonly verify: (token: string) => Promise<Verified | null>,
    private readonly now: () => number = Date.now,
  ) {}

  async read(token: string): Promise<Verified | null> {
    const known = this.#known.get(token);
    if (known && known.expiresAt.getTime() > this.now()) return known;
    this.#known.delete(token);
    const verified = await this.verify(token);
    if (!verified) return null;
    this.#known.set(token, verified);
    if (this.#known.size > REMEMBERED) this.#known.delete(this.#known.keys().next().value!);
    return verified;
  }
}
