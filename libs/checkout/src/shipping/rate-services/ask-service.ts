import { AppError } from '@libs/kernel';
import { safeFetch } from '@platform/fetch';
import { signRequest } from '@platform/secrets';
import { type JudgedAnswer, judgeAnswer } from './rate-answer';
import type { RateQuestion } from './rate-question';

/** The version of the question and the answer. */
export const rateVersion = 'v1';

/** Twenty rates with long texts are a tenth of it. */
const mostBytes = 64 * 1024;

/** Whom to ask, and how long to wait. */
export interface AskedService {
  address: string;
  /** Those that are good now, the newest first. */
  secrets: readonly string[];
  storeId: string;
  serviceId: string;
  timeoutMs: number;
  /** See `safeFetch`. */
  allowPrivate: boolean;
}

/** Asks a service once. Redirects are not followed, private addresses not reached, and what goes wrong is a fault. */
export async function askService(
  question: RateQuestion,
  service: AskedService,
): Promise<JudgedAnswer> {
  const body = JSON.stringify(question);
  const { address, secrets, storeId, serviceId, timeoutMs, allowPrivate } = service;
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json',
    'user-agent': 'Caravel-Rates/1',
    'x-caravel-store-id': storeId,
    'x-caravel-service-id': serviceId,
    'x-caravel-api-version': rateVersion,
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
    return judgeAnswer(answer.body, question, Date.now());
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { fault: error.message };
  }
}
