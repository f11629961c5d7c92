import type { Database } from "../db/database.ts";
import type { SignedIn } from "../graphql/live-socket.ts";
import { loadActor } from "./actor.ts";
import type { ApiKeyService } from "./api-key.service.ts";
import { looksLikeKey } from "./api-key.ts";
import type { Tokens } from "./tokens.ts";

/** The one entrance, for requests, uploads and live sockets alike. */
export class SignIn {
  constructor(
    private readonly db: Database,
    private readonly tokens: Tokens,
    private readonly apiKeys: ApiKeyService,
  ) {}

  /** Who a header of the form `Bearer …` speaks for; null when it is missing, or holds neither a valid token nor a live key. */
  async admit(authorization: string | undefined): Promise<SignedIn | null> {
    const token = /^Bearer (\S+)$/i.exec(authorization ?? "")?.[1];
    if (!token) return null;
    if (looksLikeKey(token)) return this.apiKeys.admit(token);
    const verified = await this.tokens.verify(token);
    return verified && { actor: await loadActor(this.db, verified), expiresAt: verified.expiresAt };
  }
}
