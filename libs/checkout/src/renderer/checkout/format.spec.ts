import { daysText, moneyText } from './format';

/** Without the marks that only set its direction, and with plain spaces. */
const plain = (text: string): string => text.replace(/[\u200e\u200f]/g, '').replace(/\s/g, ' ');

describe('what pages of the checkout write', () => {
  it.each([
    ['en', '−€30.60'],
    ['de', '−30,60 €'],
    ['zh-CN', '−€30.60'],
    ['ar', '−30.60 €'],
  ])('has a minus before what is taken off, in %s', (lang, text) => {
    expect(plain(moneyText(-3060, 'EUR', lang))).toBe(text);
  });

  it('keeps the minus on the left of the digits in a line from right to left', () => {
    expect(moneyText(-3060, 'EUR', 'ar')).toMatch(/\u200e−30/);
  });

  it.each([
    ['en', '2026-11-24', '2026-11-27', 'Nov 24 – 27'],
    ['de', '2026-11-24', '2026-11-27', '24.–27. Nov.'],
    ['zh-CN', '2026-11-24', '2026-11-27', '11月24日至27日'],
    ['zh-CN', '2026-11-30', '2026-12-02', '11月30日至12月2日'],
    ['zh-CN', '2026-12-30', '2027-01-02', '12月30日至1月2日'],
    ['zh-CN', '2026-11-23', '2026-11-23', '11月23日'],
  ])('names days as people in %s do', (lang, from, to, text) => {
    expect(plain(daysText({ from, to }, lang))).toBe(text);
  });
});
