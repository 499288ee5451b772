import * as fc from 'fast-check';
import { defaultShippingSettings } from '../shipping-settings';
import { liveOptions } from './live-options';
import { judgeAnswer } from './rate-answer';
import { type RateQuestion, rateQuestions } from './rate-question';

const now = Date.parse('2026-11-23T08:00:00Z');
const destination = { country: 'US', province: 'NY', zip: '10001', city: 'New York' };
const origin = { country: 'DE', province: null, zip: '10119', city: 'Berlin' };
const service = {
  serviceId: 's',
  name: 'Courier',
  countries: null,
  origin,
  resting: false,
  fallbackRates: [
    { code: 'standard', name: 'Standard', description: null, priceMinor: 1_000, transit: null },
  ],
};
const line = (variantId: string, quantity: number) => ({
  quantity,
  offer: {
    variantId,
    sku: null,
    productTitle: 'Vase',
    grams: 900,
    priceMinor: 5_000,
    requiresShipping: true,
  },
});
const asked = (lines: ReturnType<typeof line>[], currency = 'USD') =>
  rateQuestions([service], { lines, destination, currency, base: 'EUR', locale: 'en' })[0];
const question = asked([line('a', 1)])?.question as RateQuestion;
const judge = (...rates: object[]) =>
  judgeAnswer(Buffer.from(JSON.stringify({ rates })), question.currencies, now);
const rate = { code: 'one', name: 'One', priceMinor: 700, currency: 'USD' };

describe('what a service answers', () => {
  it('may name days, which are today or later and in their order', () => {
    const days = (earliest: string, latest: string) => judge({ ...rate, earliest, latest });
    expect(days('2026-11-25', '2026-11-26')).toMatchObject({ answer: [{ latest: '2026-11-26' }] });
    expect(days('2026-11-26', '2026-11-25')).toEqual({
      fault: 'rates.0.latest: is before earliest',
    });
    expect(days('2026-11-01', '2026-11-02')).toEqual({ fault: 'rates.0.latest: is over' });
    expect(days('2026-11-25', '2036-11-25')).toMatchObject({
      fault: expect.stringContaining('a year'),
    });
  });

  it('is read or refused, whatever it is', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        const judged = judgeAnswer(Buffer.from(text), question.currencies, now);
        expect('fault' in judged || Array.isArray(judged.answer)).toBe(true);
      }),
    );
  });

  it('has no control characters and at most twenty rates', () => {
    expect(judge({ ...rate, name: 'By\u0000 bi\ncycle' })).toMatchObject({
      answer: [{ name: 'By  bi cycle' }],
    });
    const many = Array.from({ length: 21 }, (_, n) => ({ ...rate, code: `c${n}` }));
    expect(judge(...many)).toMatchObject({ fault: expect.stringMatching(/^rates: /) });
  });

  it('in the money of the store is converted as the checkout converts, and fallback rates are, too', () => {
    const terms = {
      currency: 'USD',
      exchange: {
        market: 'us',
        base: 'EUR',
        rate1e10: 11_000_000_000,
        markupPpm: 0,
        ending: null,
        source: 'manual',
        at: '2026-11-22T00:00:00Z',
      },
      settings: defaultShippingSettings,
      timeZone: 'UTC',
      now,
    };
    const told = judge(rate, { ...rate, code: 'two', priceMinor: 1_000, currency: 'EUR' });
    const options = liveOptions(service, 'answer' in told ? told.answer : null, terms);
    expect(options.map(({ rateId, priceMinor }) => [rateId, priceMinor])).toEqual([
      ['live:s:one', 700],
      ['live:s:two', 1_100],
    ]);
    expect(liveOptions(service, null, terms)).toMatchObject([
      { rateId: 'live:s:standard', priceMinor: 1_100, title: 'Standard' },
    ]);
  });
});

describe('a question', () => {
  it('is the same however the cart is laid out, and another for another amount or currency', () => {
    const hash = (lines: ReturnType<typeof line>[], currency?: string) =>
      asked(lines, currency)?.hash;
    const whole = hash([line('a', 2), line('b', 1)]);
    expect(hash([line('b', 1), line('a', 1), line('a', 1)])).toBe(whole);
    expect(hash([line('a', 2), line('b', 2)])).not.toBe(whole);
    expect(hash([line('a', 2), line('b', 1)], 'EUR')).not.toBe(whole);
  });
});
