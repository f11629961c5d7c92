import type { App } from "./app.ts";
import type { Config } from "./config.ts";
import { DEMO_SUBJECT } from "./demo/demo-books.ts";

const TOKEN_SECONDS = 30 * 24 * 3600;

/** Tells whoever started the server where it is and, on the embedded database, how to get in. */
export async function welcome(app: App, config: Config, url: string): Promise<void> {
  const lines = ["", "Openitem is running.", `  GraphQL        ${url}/graphql`, `  Subscriptions  ${url.replace("http", "ws")}/graphql`];
  if (app.db.embedded) {
    const token = await app.tokens.sign({ subject: DEMO_SUBJECT, operator: false }, TOKEN_SECONDS);
    lines.push("", `  Board          ${url}/#token=${token}`);
    if (config.explorer) lines.push(`  Explorer       ${url}/explorer#token=${token}`);
    lines.push(
      "", "A token of the demo company, good for 30 days:", "", `export TOKEN=${token}`, "",
      `The embedded database in ${config.dataFolder} does not force writes to the disk: it is`,
      "for trying and testing, not for books. Set DATABASE_URL to keep books in a PostgreSQL of your own.",
    );
  }
  console.log([...lines, ""].join("\n"));
}
