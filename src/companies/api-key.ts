import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** A fresh key: the token that its holder keeps, and what the database keeps of it. */
export interface FreshKey {
  /** `oi_<prefix>_<secret>`, told once and stored nowhere. */
  readonly token: string;
  /** Finds the row; not secret. */
  readonly prefix: string;
  /** SHA-256 of the secret, in hex. The secret has 256 random bits, so it needs no salt and no slow hash. */
  readonly hash: string;
}

const SHAPE = /^oi_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;

const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("hex");

export function freshKey(): FreshKey {
  const prefix = randomBytes(6).toString("hex");
  const secret = randomBytes(32).toString("base64url");
  return { token: `oi_${prefix}_${secret}`, prefix, hash: hashOf(secret) };
}

/** Whether a bearer token claims to be an API key. */
export const looksLikeKey = (token: string): boolean => token.startsWith("oi_");

/** The parts of a key; null for what has another shape. */
export function readKey(token: string): { readonly prefix: string; readonly secret: string } | null {
  const match = SHAPE.exec(token);
  return match && { prefix: match[1]!, secret: match[2]! };
}

/** Whether a secret has this hash. Takes as long whatever the answer is. */
export const matches = (secret: string, hash: string): boolean => timingSafeEqual(Buffer.from(hashOf(secret), "hex"), Buffer.from(hash, "hex"));
