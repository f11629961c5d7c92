/**
 * Where "now" comes from. The database's own clock dates the books, so that several processes agree;
 * a test or a rehearsal may set another moment.
 */
export interface Clock {
  /** The moment to use, or null for the clock of the database (facts) or of this machine (today's date). */
  readonly now: () => Date | null;
}

export const systemClock: Clock = { now: () => null };
