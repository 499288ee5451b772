import type { StoreReader, StoreWriter } from '@platform/database';
import type { Asked } from './asked';
import type { ServiceKind } from './service-kind';

/** How long what came of a question counts, and how a service that fails is spared (see docs/rate-services.md). */
export const answerTimes = {
  /** Minutes for which an answer is good: longer than most shoppers need from the address to the payment. */
  goodMinutes: 15,
  /** Seconds after a failure in which the same question is not asked again: each try lets a shopper wait. */
  failedSeconds: 60,
  /** Minutes for which an older answer counts more than what the merchant fell back to, where no newer one can be had. */
  staleMinutes: 60,
  /** Failures in a row after which the service rests, at first for half a minute, at most for ten. */
  failuresToRest: 3,
} as const;

/** What is known of a question; `answer` null is that what the merchant fell back to counts. */
export interface KnownAnswer<Answer> {
  serviceId: string;
  hash: string;
  answer: Answer | null;
  /** It need not be asked again yet. */
  good: boolean;
}

type Question<Answer> = Pick<Asked<unknown, Answer>, 'serviceId' | 'hash'>;

/** What is known of these questions, all of one kind, in one statement. */
export function knownAnswers<Answer>(
  store: StoreReader,
  { answers }: ServiceKind,
  asked: readonly Question<Answer>[],
): Promise<KnownAnswer<Answer>[]> {
  return store.query<KnownAnswer<Answer>>(
    `SELECT service_id AS "serviceId", question_hash AS hash, good_until > now() AS good,
       CASE WHEN answered_at > now() - make_interval(mins => $4) THEN rates END AS answer
     FROM ${answers}
     WHERE store_id = $1 AND (service_id, question_hash) IN (SELECT * FROM unnest($2::uuid[], $3::text[]))`,
    [
      store.storeId,
      asked.map(({ serviceId }) => serviceId),
      asked.map(({ hash }) => hash),
      answerTimes.staleMinutes,
    ],
  );
}

/** Keeps an answer, and that the service is well; what nobody asks for any more goes. */
export async function keepAnswer(
  store: StoreWriter,
  { kind: { signed, answers }, serviceId, hash }: Pick<Asked, 'kind' | 'serviceId' | 'hash'>,
  answer: unknown,
): Promise<void> {
  await store.execute(
    `INSERT INTO ${answers} (store_id, service_id, question_hash, rates, good_until)
     SELECT store_id, service_id, $3::text, $4::jsonb, now() + make_interval(mins => $5) FROM ${signed.table}
     WHERE store_id = $1 AND service_id = $2
     ON CONFLICT (store_id, service_id, question_hash) DO UPDATE SET rates = excluded.rates, answered_at = now(),
       good_until = excluded.good_until`,
    [store.storeId, serviceId, hash, JSON.stringify(answer), answerTimes.goodMinutes],
  );
  // Once a minute is enough: shoppers who ask at the same time must not wait for one row.
  await store.execute(
    `UPDATE ${signed.table} SET failures = 0, resting_until = NULL, last_success_at = now()
     WHERE store_id = $1 AND service_id = $2
       AND (failures > 0 OR coalesce(last_success_at < now() - interval '1 minute', true))`,
    [store.storeId, serviceId],
  );
  await store.execute(
    `DELETE FROM ${answers} WHERE store_id = $1 AND service_id = $2 AND question_hash IN (
       SELECT question_hash FROM ${answers}
       WHERE store_id = $1 AND service_id = $2 AND good_until < now() - make_interval(mins => $3)
       LIMIT 100 FOR UPDATE SKIP LOCKED)`,
    [store.storeId, serviceId, answerTimes.staleMinutes],
  );
}

/** Keeps that a question was not answered. @param fault null where that says nothing of the service */
export async function keepFailure(
  store: StoreWriter,
  { kind: { signed, answers }, serviceId, hash }: Pick<Asked, 'kind' | 'serviceId' | 'hash'>,
  fault: string | null,
): Promise<void> {
  await store.execute(
    `INSERT INTO ${answers} (store_id, service_id, question_hash, good_until)
     SELECT store_id, service_id, $3::text, now() + make_interval(secs => $4) FROM ${signed.table}
     WHERE store_id = $1 AND service_id = $2
     ON CONFLICT (store_id, service_id, question_hash) DO UPDATE SET good_until = excluded.good_until`,
    [store.storeId, serviceId, hash, answerTimes.failedSeconds],
  );
  if (fault === null) return;
  await store.execute(
    `UPDATE ${signed.table} SET failures = failures + 1, last_failure_at = now(), last_failure = $3,
       resting_until = CASE WHEN failures + 1 >= $4
         THEN now() + make_interval(secs => least(600, 30 * 2 ^ least(failures + 1 - $4, 10))) END
     WHERE store_id = $1 AND service_id = $2`,
    [store.storeId, serviceId, fault.slice(0, 500), answerTimes.failuresToRest],
  );
}
