import { crossRate, decimalOfRate, rateOfDecimal } from '@libs/kernel';
import { readEcbRates } from './ecb-rates';
import { type RateQuestion, judgeRate } from './judge-rate';

const now = Date.parse('2026-11-23T09:00:00Z');
const question: RateQuestion = {
  current1e10: 9_200_000_000,
  proposed1e10: 9_300_000_000,
  day: '2026-11-20',
  now,
  frozenUntil: null,
};

describe('a fetched rate', () => {
  it.each<[string, Partial<RateQuestion>, string]>([
    ['of Friday counts on Monday', {}, 'apply'],
    ['is the first', { current1e10: null }, 'apply'],
    ['moved by 5 %', { proposed1e10: 9_660_000_000 }, 'apply'],
    ['moved by more', { proposed1e10: 9_660_000_001 }, 'moved'],
    ['fell by more', { proposed1e10: 8_739_999_999 }, 'moved'],
    ['is too old', { day: '2026-11-18' }, 'stale'],
    ['is too old for a first one', { day: '2026-11-18', current1e10: null }, 'stale'],
    ['is what counts already', { proposed1e10: 9_200_000_000, day: '2026-01-01' }, 'same'],
    ['comes while rates are frozen', { frozenUntil: now + 1 }, 'frozen'],
    ['comes when the freeze is over', { frozenUntil: now }, 'apply'],
  ])('%s', (_name, change, verdict) => expect(judgeRate({ ...question, ...change })).toBe(verdict));
});

describe('reference rates', () => {
  it('are read from the list as it is published', () => {
    const xml = `<?xml version="1.0"?><gesmes:Envelope><Cube><Cube time='2026-11-20'>
      <Cube currency='USD' rate='1.0765'/><Cube currency='JPY' rate='163.48'/></Cube></Cube></gesmes:Envelope>`;
    const { day, rates } = readEcbRates(xml);
    expect([day, ...rates]).toEqual([
      '2026-11-20',
      ['USD', 10_765_000_000],
      ['JPY', 1_634_800_000_000],
      ['EUR', 10_000_000_000],
    ]);
  });

  it.each([
    '',
    '<html>busy</html>',
    "<Cube time='2026-11-20'><Cube currency='USD' rate='0'/></Cube>",
  ])('are refused as %j', (xml) =>
    expect(() => readEcbRates(xml)).toThrow('no list of exchange rates'),
  );

  it('make the rate between any two', () => {
    expect(decimalOfRate(crossRate(rateOfDecimal('1.0765'), rateOfDecimal('163.48')))).toBe(
      '151.8625174176',
    );
    expect(decimalOfRate(rateOfDecimal('0.0000000001'))).toBe('0.0000000001');
    expect(decimalOfRate(rateOfDecimal('120'))).toBe('120');
  });
});
