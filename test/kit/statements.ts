import pg from "pg";

/** A named statement as it was sent. */
export interface Sent {
  readonly name: string;
  readonly text: string;
}

/** The named statements that this process sends while something is done, in their order. What runs in the background besides is among them. */
export async function statementsOf(work: () => Promise<unknown>): Promise<Sent[]> {
  const sent: Sent[] = [];
  const client = pg.Client.prototype as unknown as { query: (this: unknown, ...given: unknown[]) => unknown };
  const real = client.query;
  client.query = function (...given) {
    const { name, text = "" } = Object(given[0]) as Partial<Sent>;
    if (name) sent.push({ name, text });
    return real.apply(this, given);
  };
  try {
    await work();
  } finally {
    client.query = real;
  }
  return sent;
}

/** Their names alone. */
export const statementNames = async (work: () => Promise<unknown>): Promise<string[]> => (await statementsOf(work)).map(({ name }) => name);
