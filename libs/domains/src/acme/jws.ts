import {
  createHash,
  createPrivateKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto';

/** The account's signing key with what is derived from it once. */
export interface AccountKey {
  privateKey: KeyObject;
  jwk: { crv: string; kty: string; x: string; y: string };
  /** RFC 7638: SHA-256 over the members in lexicographic order, base64url. */
  thumbprint: string;
}

/** Makes a new P-256 account key; returns PKCS #8 PEM. */
export function newAccountKeyPem(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
}

/** Reads an account key from PEM. Throws when it is not an EC key. */
export function readAccountKey(pem: string): AccountKey {
  const privateKey = createPrivateKey(pem);
  const { crv, kty, x, y } = privateKey.export({ format: 'jwk' });
  if (kty !== 'EC' || crv !== 'P-256' || !x || !y) throw new Error('not a P-256 account key');
  const jwk = { crv, kty, x, y };
  const thumbprint = createHash('sha256').update(JSON.stringify(jwk)).digest('base64url');
  return { privateKey, jwk, thumbprint };
}

export interface JwsHeader {
  url: string;
  nonce: string;
  /** Account URL; without it the public key itself is sent (newAccount). */
  kid: string | null;
}

/** Signs a request body (RFC 8555, 6.2) with ES256; `payload` undefined makes a POST-as-GET. Returns JSON. */
export function signRequest(key: AccountKey, header: JwsHeader, payload: unknown): string {
  const { url, nonce, kid } = header;
  const identity = kid === null ? { jwk: key.jwk } : { kid };
  const protectedPart = encode({ alg: 'ES256', nonce, url, ...identity });
  const payloadPart = payload === undefined ? '' : encode(payload);
  // JWS wants the raw r||s form; Node's default is DER.
  const signature = sign('sha256', Buffer.from(`${protectedPart}.${payloadPart}`), {
    key: key.privateKey,
    dsaEncoding: 'ieee-p1363',
  }).toString('base64url');
  return JSON.stringify({ protected: protectedPart, payload: payloadPart, signature });
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
