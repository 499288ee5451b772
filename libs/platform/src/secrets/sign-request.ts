import { createHmac } from 'node:crypto';

/**
 * The signature header of a request that we send to a system of the merchant: `t=<seconds>,v1=<hex>`, with one `v1` for each secret that is good now.
 * What is signed is the time, a full stop and the body, by HMAC-SHA-256 (RFC 2104) with the secret's text as the key:
 * the time stands inside, so that an old request that somebody kept can be told from a new one.
 * @param seconds since 1970
 */
export function signRequest(body: string, secrets: readonly string[], seconds: number): string {
  const signatures = secrets.map((secret) => {
    const mac = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
    return `v1=${mac}`;
  });
  return [`t=${seconds}`, ...signatures].join(',');
}
