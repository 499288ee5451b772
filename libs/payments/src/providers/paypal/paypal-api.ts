import { z } from 'zod';
import { callProvider } from '../http-call';
import { type ProviderAccount, ProviderError } from '../payment-provider';

const token = z.object({ access_token: z.string(), expires_in: z.number() });
const refusal = z.object({
  name: z.string().optional(),
  error: z.string().optional(),
  details: z.array(z.object({ issue: z.string().optional() })).optional(),
});

/** A token is left alone this long before it ends, seconds. */
const margin = 60;

interface KeptToken {
  value: string;
  /** Milliseconds since the epoch. */
  until: number;
}

/** Tokens by the account's id and client: they outlive a call and never leave the process. */
const tokens = new Map<string, KeptToken>();

/** What to ask of PayPal. */
export interface PayPalRequest {
  method: 'GET' | 'POST' | 'PATCH';
  path: string;
  body?: unknown;
  /** Repeating a request with the same one brings the same answer (`PayPal-Request-Id`). */
  key?: string;
}

/** PayPal's REST API as one account sees it: a token by OAuth, JSON, and its refusals in our words. */
export class PayPalApi {
  constructor(
    private readonly url: string,
    private readonly account: ProviderAccount,
  ) {}

  /** @returns the body of a success. @throws ProviderError; `refused` with PayPal's own issue as the reason */
  async call({ method, path, body, key }: PayPalRequest): Promise<unknown> {
    const authorization = `Bearer ${await this.token()}`;
    const answer = await callProvider({
      method,
      url: `${this.url}${path}`,
      headers: {
        authorization,
        'content-type': 'application/json',
        prefer: 'return=representation',
        ...(key === undefined ? {} : { 'paypal-request-id': key }),
      },
      ...(method !== 'GET' ? { body: JSON.stringify(body ?? {}) } : {}),
    });
    if (answer.status < 400) return answer.body;
    if (answer.status === 401) tokens.delete(this.tokenName());
    throw this.refused(answer.status, answer.body);
  }

  private async token(): Promise<string> {
    const kept = tokens.get(this.tokenName());
    if (kept && kept.until > Date.now()) return kept.value;
    const { clientId = '' } = this.account.publicKeys;
    const { clientSecret = '' } = this.account.secretKeys;
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
    const { status, body } = await callProvider({
      method: 'POST',
      url: `${this.url}/v1/oauth2/token`,
      headers: {
        authorization: `Basic ${basic}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
    });
    if (status >= 400) throw new ProviderError('keys', 'invalid_client');
    const { access_token: value, expires_in: seconds } = token.parse(body);
    tokens.set(this.tokenName(), { value, until: Date.now() + (seconds - margin) * 1000 });
    return value;
  }

  /** New keys are another name: a token of the old ones is not used for them. */
  private tokenName(): string {
    const { accountId, publicKeys, secretKeys } = this.account;
    const secret = secretKeys.clientSecret ?? '';
    return `${this.url} ${accountId} ${publicKeys.clientId} ${secret.length}:${secret.slice(-4)}`;
  }

  private refused(status: number, body: unknown): ProviderError {
    const { name, error, details } = refusal.safeParse(body).data ?? {};
    const reason = details?.[0]?.issue ?? name ?? error ?? `status_${status}`;
    if (status === 401 || status === 403) return new ProviderError('keys', reason);
    // 409: a request with this key is still at work.
    return new ProviderError(status === 409 ? 'unknown' : 'refused', reason);
  }
}
