import { decodeJwt } from "jose";
import type { Database } from "../db/database.ts";
import type { SignedIn } from "../graphql/live-socket.ts";
import { ActorReader } from "./actor.ts";
import type { ApiKeyService } from "./api-key.service.ts";
import { looksLikeKey } from "./api-key.ts";
import type { IdentityProvider } from "./identity-provider.ts";
import { LOCAL_ISSUER, type Tokens, type VerifiedToken } from "./tokens.ts";

/** What lets people and machines in. */
export interface Doors {
  /** Tokens signed with the secret of the installation; null where they are switched off. */
  readonly tokens: Tokens | null;
  /** The identity provider; null where there is none. */
  readonly provider: IdentityProvider | null;
  readonly apiKeys: ApiKeyService;
}

/** The one entrance, for requests, uploads and live sockets alike. */
export class SignIn {
  readonly #actors: ActorReader;

  constructor(
    db: Database,
    private readonly doors: Doors,
  ) {
    this.#actors = new ActorReader(db);
  }

  /** Who a header of the form `Bearer …` speaks for; null when it is missing, or holds neither a valid token nor a live key. */
  async admit(authorization: string | undefined): Promise<SignedIn | null> {
    const token = /^Bearer (\S+)$/i.exec(authorization ?? "")?.[1];
    if (!token) return null;
    if (looksLikeKey(token)) return this.doors.apiKeys.admit(token);
    const verified = await this.#verify(token);
    return verified && { actor: await this.#actors.load(verified), expiresAt: verified.expiresAt };
  }

  /** The issuer that a token claims only chooses who verifies it, by that one's own keys and algorithms. */
  async #verify(token: string): Promise<VerifiedToken | null> {
    const { tokens, provider } = this.doors;
    const issuer = issuerOf(token);
    if (issuer === LOCAL_ISSUER) return tokens && tokens.verify(token);
    return provider && issuer === provider.issuer ? provider.verify(token) : null;
  }
}

function issuerOf(token: string): string | null {
  try {
    return decodeJwt(token).iss ?? null;
  } catch {
    return null;
  }
}
