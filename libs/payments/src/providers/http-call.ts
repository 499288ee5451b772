import { ProviderError } from './payment-provider';

/** A request to a provider's API. */
export interface ProviderRequest {
  method: 'GET' | 'POST' | 'PATCH';
  url: string;
  headers: Record<string, string>;
  /** Sent as it is. */
  body?: string;
}

/** An answer of a provider that is not a failure of the way there. */
export interface ProviderAnswer {
  status: number;
  body: unknown;
}

/** A call may take this long; then nobody knows what came of it. */
const patienceMs = 15_000;

/**
 * Sends a request and reads its JSON.
 * @returns the answer, whatever its status says of the request itself
 * @throws ProviderError `unknown` when there is no answer, or one of a provider in trouble (5xx, 429, 408)
 */
export async function callProvider({ url, ...request }: ProviderRequest): Promise<ProviderAnswer> {
  let answer: Response;
  let text: string;
  try {
    answer = await fetch(url, {
      ...request,
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
    });
    text = await answer.text();
  } catch (cause) {
    throw new ProviderError('unknown', 'no_answer', [], { cause });
  }
  const { status } = answer;
  if (status >= 500 || status === 429 || status === 408) {
    throw new ProviderError('unknown', `status_${status}`);
  }
  try {
    return { status, body: text === '' ? null : (JSON.parse(text) as unknown) };
  } catch (cause) {
    throw new ProviderError('unknown', 'no_json', [], { cause });
  }
}
