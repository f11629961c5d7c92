import { jwtVerify, SignJWT } from "jose";
import type { Identity } from "./actor.ts";
import { TokenMemory } from "./token-memory.ts";

/** What tokens signed with the secret of the installation carry as `iss`. */
export const LOCAL_ISSUER = "openitem";

/** A verified token: who it speaks for, and until when. */
export interface VerifiedToken extends Identity {
  readonly expiresAt: Date;
}

/** Signs and verifies tokens with one secret (HS256). */
export class Tokens {
  readonly #key: Uint8Array;
  readonly #memory = new TokenMemory((token) => this.#check(token));

  constructor(secret: string) {
    this.#key = new TextEncoder().encode(secret);
  }

  sign(identity: Identity, lifetimeSeconds: number): Promise<string> {
    const expires = Math.floor(Date.now() / 1000) + lifetimeSeconds;
    return new SignJWT(identity.operator ? { operator: true } : {})
      .setProtectedHeader({ alg: "HS256" })
      .setIssuer(LOCAL_ISSUER)
      .setSubject(identity.subject)
      .setIssuedAt()
      .setExpirationTime(expires)
      .sign(this.#key);
  }

  /** Null for a token that is forged, expired, of another issuer, or without a subject or an end. */
  verify(token: string): Promise<VerifiedToken | null> {
    return this.#memory.read(token);
  }

  async #check(token: string): Promise<VerifiedToken | null> {
    try {
      const { payload } = await jwtVerify(token, this.#key, { issuer: LOCAL_ISSUER, algorithms: ["HS256"], requiredClaims: ["sub", "exp"] });
      return { subject: payload.sub!, operator: payload["operator"] === true, expiresAt: new Date(payload.exp! * 1000) };
    } catch {
      return null;
    }
  }
}
