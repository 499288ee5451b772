import type { ShippingSettings } from '../../contract';
import { type Exchange, converterOf } from '../../carts/exchange';
import type { DeliveryOption } from '../delivery-options';
import { promisedDates } from '../promise';
import type { AnsweredRate } from './rate-answer';
import type { RateServiceFacts } from './rate-question';

/** What decides the amounts and dates of what services told. */
export interface LiveTerms {
  /** The shopper's; `exchange` makes amounts of the store's currency to it. */
  currency: string;
  exchange: Exchange | null;
  settings: Pick<ShippingSettings, 'handling' | 'cutoff'>;
  timeZone: string;
  now: number;
}

/** The rates of one service, or its fallback rates where it told none, in the shopper's currency. Pure. */
export function liveOptions(
  service: Pick<RateServiceFacts, 'serviceId' | 'name' | 'fallbackRates'>,
  told: readonly AnsweredRate[] | null,
  terms: LiveTerms,
): DeliveryOption[] {
  const convert = converterOf(terms.exchange, terms.currency);
  const option = (
    rate: Pick<DeliveryOption, 'title' | 'description' | 'priceMinor' | 'promised'> & {
      code: string;
    },
  ): DeliveryOption => {
    const { code, ...shown } = rate;
    return {
      ...shown,
      rateId: `live:${service.serviceId}:${code}`,
      kind: 'shipping',
      carrier: service.name,
      prices: [{ fromMinor: 0, priceMinor: rate.priceMinor }],
      pickup: null,
    };
  };
  if (told === null) {
    const { settings, timeZone, now } = terms;
    return service.fallbackRates.map(({ code, name, description, priceMinor, transit }) =>
      option({
        code,
        title: name,
        description,
        priceMinor: convert(priceMinor),
        promised: promisedDates(now, { ...settings, transit, timeZone }),
      }),
    );
  }
  return told.map(({ code, name, description, priceMinor, currency, earliest, latest }) =>
    option({
      code,
      title: name,
      description,
      priceMinor: currency === terms.currency ? priceMinor : convert(priceMinor),
      promised: earliest === null || latest === null ? null : { from: earliest, to: latest },
    }),
  );
}
