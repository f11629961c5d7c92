import type { Config } from "./config.ts";
import { foundOnServer, hasDemo } from "./demo/seed-server.ts";
import { type Installation, openInstallation } from "./installation.ts";
import type { Pages } from "./pages.ts";
import { listen, type Running } from "./server.ts";

/** An installation that answers. */
export interface Serving {
  readonly installation: Installation;
  readonly server: Running;
  readonly close: () => Promise<void>;
}

/** Opens the installation and serves it, with pages where they are given; an embedded one that is new gets the demo company, without its books. Port 0 takes any free one. */
export async function serve(config: Config, port: number, pages: Pages | null = null): Promise<Serving> {
  const installation = await openInstallation(config);
  try {
    const server = await listen(installation.app, port, config.host, pages);
    const { app } = installation;
    if (app.db.embedded && !(await hasDemo(server.url, app.tokens))) await foundOnServer(server.url, app.tokens, config.dataFolder);
    return { installation, server, close: async () => (await server.close(), await installation.close()) };
  } catch (error) {
    await installation.close();
    throw error;
  }
}
