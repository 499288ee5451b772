import { createHash } from 'node:crypto';
import type { Judged } from './read-answer';
import type { ServiceKind } from './service-kind';

/** A question to one service, by what it is known again. */
export interface Asked<Question = unknown, Answer = unknown> {
  kind: ServiceKind;
  serviceId: string;
  /** SHA-256 of the question: what is asked in the same words is one question. */
  hash: string;
  question: Question;
  /** Reads what came back. @param now milliseconds since 1970 */
  judge: (body: Buffer, now: number) => Judged<Answer>;
}

/** What a question is known by. */
export function hashOfQuestion(question: unknown): string {
  return createHash('sha256').update(JSON.stringify(question)).digest('hex');
}

/**
 * A price cannot be computed before somebody outside has been asked. Whoever opened the transaction ends it, asks, and
 * begins anew (`LiveAnswers`): no connection and no row is held while a system of somebody else thinks.
 */
export class Unasked extends Error {
  constructor(readonly asked: readonly Asked[]) {
    super('services must be asked first');
  }
}
