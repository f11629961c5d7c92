import { GraphQLError } from "graphql";
import { createLocalJWKSet, createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from "jose";
import type { VerifiedToken } from "./tokens.ts";

/** An identity provider whose tokens are accepted. */
export interface Provider {
  /** Where it publishes its public keys (JWKS). */
  readonly jwksUrl: string;
  /** What its tokens carry as `iss`. */
  readonly issuer: string;
  /** What its tokens must carry as `aud`. */
  readonly audience: string;
  /** Milliseconds in which an unknown key makes nobody ask the provider again. */
  readonly cooldown?: number;
}

/** Public-key signatures only: a token signed with a public key as if it were a shared secret (HS256) is never looked at. */
const ALGORITHMS = ["RS256", "ES256"];
const COOLDOWN = 30_000;
/** Keys are read anew after so long, so that one that was taken back is refused even when nobody sends a new one. */
const FRESH_FOR = 600_000;
const PATIENCE = 5_000;
/** Clocks of two houses differ a little. */
const SKEW_SECONDS = 5;

/** Verifies the tokens of an identity provider by the keys it publishes, which it may change at any time. */
export class IdentityProvider {
  readonly #remote;
  readonly #cooldown: number;
  #silentUntil = 0;

  constructor(
    private readonly provider: Provider,
    private readonly onError: (error: unknown) => void,
  ) {
    this.#cooldown = provider.cooldown ?? COOLDOWN;
    this.#remote = createRemoteJWKSet(new URL(provider.jwksUrl), { cooldownDuration: this.#cooldown, cacheMaxAge: FRESH_FOR, timeoutDuration: PATIENCE });
  }

  get issuer(): string {
    return this.provider.issuer;
  }

  /** Null for a token that is forged, expired, for another audience, or without a subject or an end. Throws when the keys cannot be had. */
  async verify(token: string): Promise<VerifiedToken | null> {
    try {
      const { issuer, audience } = this.provider;
      const { payload } = await jwtVerify(token, this.#keys, { issuer, audience, algorithms: ALGORITHMS, requiredClaims: ["sub", "exp"], clockTolerance: SKEW_SECONDS });
      // Operators run the installation and hold its secret; a provider only says who somebody is.
      return { subject: payload.sub!, operator: false, expiresAt: new Date(payload.exp! * 1000) };
    } catch (error) {
      if (error instanceof GraphQLError) throw error;
      return null;
    }
  }

  /** The key that a token names. While the provider does not answer, only keys read before are used, and it is not asked again at once. */
  readonly #keys: JWTVerifyGetKey = async (header, token) => {
    if (Date.now() < this.#silentUntil) {
      const known = this.#remote.fresh ? this.#remote.jwks() : undefined;
      if (!known) throw unavailable();
      return createLocalJWKSet(known)(header, token);
    }
    try {
      return await this.#remote(header, token);
    } catch (error) {
      const answered = error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys || error instanceof errors.JOSENotSupported;
      if (answered) throw error;
      this.#silentUntil = Date.now() + this.#cooldown;
      this.onError(error);
      throw unavailable();
    }
  };
}

const unavailable = (): GraphQLError =>
  new GraphQLError("The identity provider does not answer, so nobody can be signed in by it. Try again soon.", { extensions: { code: "SERVICE_UNAVAILABLE", http: { status: 503 } } });
