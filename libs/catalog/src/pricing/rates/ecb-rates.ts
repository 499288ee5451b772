import { rateOfDecimal, unit1e10 } from '@libs/kernel';
import { safeFetch } from '@platform/fetch';
import { marketsErrors } from '../markets.errors';
import type { RateProvider, ReferenceRates } from './rate-provider';

/**
 * Reads the European Central Bank's daily list: `<Cube time='2026-11-20'>` with a `<Cube currency='USD' rate='1.0765'/>`
 * for each currency.
 * @throws markets.bad-rates
 */
export function readEcbRates(xml: string): ReferenceRates {
  const day = /<Cube\s+time=['"](\d{4}-\d{2}-\d{2})['"]/.exec(xml)?.[1];
  const rows = xml.matchAll(
    /<Cube\s+currency=['"]([A-Z]{3})['"]\s+rate=['"](\d{1,6}(?:\.\d{1,10})?)['"]/g,
  );
  const rates = new Map([...rows].map(([, code = '', rate = '']) => [code, rateOfDecimal(rate)]));
  const good = day !== undefined && rates.size > 0 && [...rates.values()].every((rate) => rate > 0);
  if (!good) throw marketsErrors.error('bad-rates', { source: 'ecb' });
  return { day, rates: rates.set('EUR', unit1e10) };
}

/** The reference rates that the European Central Bank publishes about 16:00 of each of its working days. */
export function ecbRates(url: string, allowPrivate: boolean): RateProvider {
  return {
    source: 'ecb',
    fetch: async () => {
      const { body } = await safeFetch(url, { allowPrivate, maxBytes: 200_000 });
      return readEcbRates(body.toString('utf8'));
    },
  };
}
