import { AppError } from '@libs/kernel';
import { safeFetch } from '@platform/fetch';
import { signRequest } from '@platform/secrets';
import type { Asked } from './asked';
import type { Judged } from './read-answer';

/** The version of the questions and the answers. */
export const askingVersion = 'v1';

/** Every answer that can be used is a tenth of it. */
const mostBytes = 64 * 1024;

/** Whom to ask, and how long to wait. */
export interface AskedWhere {
  address: string;
  /** Those that are good now, the newest first. */
  secrets: readonly string[];
  storeId: string;
  timeoutMs: number;
  /** See `safeFetch`. */
  allowPrivate: boolean;
}

/** Asks a service once. Redirects are not followed, private addresses not reached, and what goes wrong is a fault. */
export async function askService<Answer>(
  { kind, serviceId, question, judge }: Asked<unknown, Answer>,
  { address, secrets, storeId, timeoutMs, allowPrivate }: AskedWhere,
): Promise<Judged<Answer>> {
  const body = JSON.stringify(question);
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json',
    'user-agent': kind.userAgent,
    'x-caravel-store-id': storeId,
    'x-caravel-service-id': serviceId,
    'x-caravel-api-version': askingVersion,
    'x-caravel-signature': signRequest(body, secrets, Math.floor(Date.now() / 1000)),
  };
  try {
    const answer = await safeFetch(address, {
      method: 'POST',
      headers,
      body,
      timeoutMs,
      maxBytes: mostBytes,
      maxRedirects: 0,
      anyStatus: true,
      allowPrivate,
    });
    if (answer.status !== 200) return { fault: `It answered with ${answer.status}.` };
    return judge(answer.body, Date.now());
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { fault: error.message };
  }
}
