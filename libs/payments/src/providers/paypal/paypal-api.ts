import { z } from 'zod';
import { type ProviderAnswer, callProvider } from '../http-call';
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

  /**
   * A kept token that PayPal does not take any more, since it was revoked or its scopes have changed, is no fault of the
   * keys: a new one is fetched, once, before they are held to be bad.
   * @returns the body of a success
   * @throws ProviderError; `refused` with PayPal's own issue as the reason
   */
  async call(request: PayPalRequest): Promise<unknown> {
    const kept = this.keptToken();
    let value = kept ?? (await this.newToken());
    let answer = await this.send(request, value);
    if (answer.status === 401 && kept !== null) {
      this.forget(value);
      // Whoever was refused at the same time may have fetched it already.
      value = this.keptToken() ?? (await this.newToken());
      answer = await this.send(request, value);
    }
    if (answer.status < 400) return answer.body;
    if (answer.status === 401) this.forget(value);
    throw this.refused(answer.status, answer.body);
  }

  private send({ method, path, body, key }: PayPalRequest, value: string): Promise<ProviderAnswer> {
    return callProvider({
      method,
      url: `${this.url}${path}`,
      headers: {
        authorization: `Bearer ${value}`,
        'content-type': 'application/json',
        prefer: 'return=representation',
        ...(key === undefined ? {} : { 'paypal-request-id': key }),
      },
      ...(method !== 'GET' ? { body: JSON.stringify(body ?? {}) } : {}),
    });
  }

  private keptToken(): string | null {
    const kept = tokens.get(this.tokenName());
    return kept && kept.until > Date.now() ? kept.value : null;
  }

  /** A newer one, which somebody else has fetched meanwhile, stays. */
  private forget(value: string): void {
    if (tokens.get(this.tokenName())?.value === value) tokens.delete(this.tokenName());
  }

  /** Fetches a token and keeps it. @throws ProviderError `keys` when PayPal does not know the account */
  private async newToken(): Promise<string> {
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
