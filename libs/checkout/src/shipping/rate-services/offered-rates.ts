import type { StoreReader } from '@platform/database';
import type { DeliveryOption } from '../delivery-options';
import { type LiveTerms, liveOptions } from './live-options';
import type { AskedRates, RateServiceFacts } from './rate-question';
import { knownAnswers } from './rate-rows.queries';

/**
 * A price cannot be computed before somebody outside has been asked. Whoever opened the transaction ends it, asks, and
 * begins anew (`LiveRates`): no connection and no row is held while a shop of somebody else thinks.
 */
export class RatesUnasked extends Error {
  constructor(readonly asked: readonly AskedRates[]) {
    super('rate services must be asked first');
  }
}

/**
 * What the services offer, by what they answered before.
 * @throws RatesUnasked where one of them must be asked first
 */
export async function offeredRates(
  store: StoreReader,
  { services, asked }: { services: readonly RateServiceFacts[]; asked: readonly AskedRates[] },
  terms: LiveTerms,
): Promise<DeliveryOption[]> {
  if (asked.length === 0) return [];
  const answers = await knownAnswers(store, asked);
  const found = asked.flatMap((one) => {
    const service = services.find(({ serviceId }) => serviceId === one.serviceId);
    const known = answers.find(
      (each) => each.serviceId === one.serviceId && each.hash === one.hash,
    );
    return service ? [{ one, service, known }] : [];
  });
  const unasked = found.filter(({ service, known }) => !service.resting && known?.good !== true);
  if (unasked.length > 0) throw new RatesUnasked(unasked.map(({ one }) => one));
  return found.flatMap(({ service, known }) => liveOptions(service, known?.rates ?? null, terms));
}
