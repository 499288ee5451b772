import { currencyQuantum } from '@libs/kernel';
import { z } from 'zod';
import { type Judged, readAnswer, sentence } from '../../asking/read-answer';
import { rateCode } from '../../contract';

/** Most rates of one answer: a shopper chooses among a few. */
const mostRates = 20;

/** A year, the longest that a promise may look ahead. */
const longestPromiseMs = 366 * 86_400_000;

const answeredRate = z
  .object({
    code: rateCode,
    name: sentence(100),
    description: sentence(300).nullish().default(null),
    priceMinor: z.int().min(0).max(1e12),
    currency: z.string(),
    /** First and last day on which it is promised to arrive. */
    earliest: z.iso.date().nullish().default(null),
    latest: z.iso.date().nullish().default(null),
  })
  .transform(({ description, earliest, latest, ...rate }) => ({
    ...rate,
    description: description ?? null,
    earliest: earliest ?? latest ?? null,
    latest: latest ?? earliest ?? null,
  }));

const answer = z.object({ rates: z.array(answeredRate).max(mostRates) });

/** A rate as a service told it; `priceMinor` is of `currency`. */
export type AnsweredRate = z.output<typeof answeredRate>;

/**
 * Reads what a service answered. An answer with one rate that is wrong is wrong: whoever cannot count does not get to
 * name the other prices.
 * @param currencies in which rates may be told
 * @param now milliseconds since 1970
 */
export function judgeAnswer(
  body: Buffer,
  currencies: readonly string[],
  now: number,
): Judged<AnsweredRate[]> {
  const read = readAnswer(body, answer);
  if ('fault' in read) return read;
  const { rates } = read.answer;
  const seen = new Set<string>();
  for (const [at, rate] of rates.entries()) {
    const fault = faultOf(rate, currencies, now) ?? (seen.has(rate.code) ? 'code: twice' : null);
    if (fault !== null) return { fault: `rates.${at}.${fault}` };
    seen.add(rate.code);
  }
  return { answer: rates };
}

function faultOf(rate: AnsweredRate, currencies: readonly string[], now: number): string | null {
  const { currency, priceMinor, earliest, latest } = rate;
  if (!currencies.includes(currency))
    return `currency: ${currency.slice(0, 10)} is none of ${currencies.join(', ')}`;
  const quantum = currencyQuantum(currency);
  if (priceMinor % quantum !== 0) return `priceMinor: is no multiple of ${quantum}`;
  if (earliest === null || latest === null) return null;
  if (latest < earliest) return 'latest: is before earliest';
  // A day is over somewhere before it is over elsewhere.
  if (Date.parse(latest) < now - 2 * 86_400_000) return 'latest: is over';
  return Date.parse(latest) > now + longestPromiseMs ? 'latest: is more than a year ahead' : null;
}
