import type { StoreReader } from '@platform/database';
import { knownAnswers } from '../../asking/answer-rows.queries';
import { Unasked } from '../../asking/asked';
import { rateKind } from '../../asking/service-kind';
import type { DeliveryOption } from '../delivery-options';
import type { AnsweredRate } from './rate-answer';
import { type LiveTerms, liveOptions } from './live-options';
import type { AskedRates, RateServiceFacts } from './rate-question';

/**
 * What the services offer, by what they answered before.
 * @throws Unasked where one of them must be asked first
 */
export async function offeredRates(
  store: StoreReader,
  { services, asked }: { services: readonly RateServiceFacts[]; asked: readonly AskedRates[] },
  terms: LiveTerms,
): Promise<DeliveryOption[]> {
  if (asked.length === 0) return [];
  const answers = await knownAnswers<AnsweredRate[]>(store, rateKind, asked);
  const found = asked.flatMap((one) => {
    const service = services.find(({ serviceId }) => serviceId === one.serviceId);
    const known = answers.find(
      (each) => each.serviceId === one.serviceId && each.hash === one.hash,
    );
    return service ? [{ one, service, known }] : [];
  });
  const unasked = found.filter(({ service, known }) => !service.resting && known?.good !== true);
  if (unasked.length > 0) throw new Unasked(unasked.map(({ one }) => one));
  return found.flatMap(({ service, known }) => liveOptions(service, known?.answer ?? null, terms));
}
