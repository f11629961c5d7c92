/** Sends a GraphQL operation as somebody and returns its data. */
export type Ask = (operation: string, variables: object) => Promise<Record<string, unknown>>;

/** A command of the demo was refused, which a plan of ours never should be. */
export class DemoRefused extends Error {
  override readonly name = "DemoRefused";
}

/** One command with its input. */
export interface Order {
  readonly mutation: string;
  readonly inputType: string;
  readonly input: object;
}

/** Refusals that say it is there already. */
const THERE = new Set(["DUPLICATE", "IDEMPOTENCY_KEY_REUSED"]);

/** Commands that one request carries. They run one after another, each in a transaction of its own. */
export const TOGETHER = 25;

interface Done {
  readonly userErrors: readonly { readonly code: string; readonly message: string; readonly field?: readonly string[] | null }[];
}

/** Gives some commands in their order. What is there already is left as it is; any other refusal throws. */
export async function order(ask: Ask, orders: readonly Order[]): Promise<void> {
  for (let from = 0; from < orders.length; from += TOGETHER) {
    const some = orders.slice(from, from + TOGETHER);
    const inputs = some.map(({ inputType }, index) => `$i${index}: ${inputType}!`).join(", ");
    const fields = some.map(({ mutation }, index) => `c${index}: ${mutation}(input: $i${index}) { userErrors { code message field } }`).join(" ");
    const data = await ask(`mutation (${inputs}) { ${fields} }`, Object.fromEntries(some.map(({ input }, index) => [`i${index}`, input])));
    some.forEach(({ mutation, input }, index) => {
      const fault = (data[`c${index}`] as Done).userErrors.find(({ code }) => !THERE.has(code));
      if (fault) throw new DemoRefused(`${mutation} refused: ${fault.message} ${JSON.stringify(input)}`);
    });
  }
}
