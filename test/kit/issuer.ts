import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, exportSPKI, generateKeyPair, type JWK, type JWTPayload, SignJWT } from "jose";

/** An identity provider of a test: a real HTTP server that publishes its keys and changes them. */
export interface Issuer {
  readonly jwksUrl: string;
  readonly issuer: string;
  /** How often its keys were asked for. */
  readonly asked: () => number;
  /** Signs with a new key from now on; publishes it, and the ones before only when told to keep them. Gives its id. */
  readonly rotate: (options?: { readonly keep?: boolean; readonly algorithm?: "RS256" | "ES256" }) => Promise<string>;
  /** A token signed with the key of an id, by default the newest. */
  readonly sign: (claims: Readonly<Record<string, unknown>>, kid?: string) => Promise<string>;
  /** The public key of an id, as its PEM text. */
  readonly publicKey: (kid: string) => Promise<string>;
  /** Answers with an error from now on, or no longer. */
  readonly fail: (failing: boolean) => void;
  readonly close: () => Promise<void>;
}

type Pair = Awaited<ReturnType<typeof generateKeyPair>> & { readonly algorithm: string };

/** Starts an issuer with one key. */
export async function openIssuer(): Promise<Issuer> {
  const pairs = new Map<string, Pair>();
  let published: JWK[] = [];
  let newest = "";
  let asked = 0;
  let failing = false;
  const server = createServer((_request, response) => {
    asked++;
    response.writeHead(failing ? 500 : 200, { "content-type": "application/json" }).end(JSON.stringify({ keys: published }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const rotate: Issuer["rotate"] = async ({ keep = false, algorithm = "RS256" } = {}) => {
    newest = `key-${pairs.size + 1}`;
    const pair = { ...(await generateKeyPair(algorithm, { extractable: true })), algorithm };
    pairs.set(newest, pair);
    published = [...(keep ? published : []), { ...(await exportJWK(pair.publicKey)), kid: newest, alg: algorithm, use: "sig" }];
    return newest;
  };
  await rotate();
  return {
    jwksUrl: `${issuer}/jwks`, issuer, rotate,
    asked: () => asked,
    sign: (claims, kid = newest) => {
      const { privateKey, algorithm } = pairs.get(kid)!;
      return new SignJWT({ iss: issuer, exp: Math.floor(Date.now() / 1000) + 600, ...claims } as JWTPayload).setProtectedHeader({ alg: algorithm, kid }).sign(privateKey);
    },
    publicKey: (kid) => exportSPKI(pairs.get(kid)!.publicKey),
    fail: (now) => void (failing = now),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
