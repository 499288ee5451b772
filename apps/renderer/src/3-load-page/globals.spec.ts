import type { ThemeMeta } from '@libs/template-engine';
import { type PageRoute, matchRoute } from '../2-match-route/match-route';
import { type GlobalsInput, pageGlobals } from './globals';

const found = matchRoute('/');
const home = (found as { page: PageRoute }).page;

/** What a home page knows in a shop of that country, with markets in others. */
function routesOf(country: string, markets: string[], locale?: string): unknown {
  const terms = { market: 'm', currency: 'EUR', rule: null, asksPrior: false, rateOf: null };
  const input: GlobalsInput = {
    shop: {
      storeId: 's',
      handle: 'shop',
      name: 'Shop',
      state: 'open',
      currency: 'EUR',
      country,
      locale: 'en',
      otherLocales: ['de'],
      email: null,
      description: null,
      passwordHash: null,
      v: 1,
    },
    currency: 'EUR',
    markets: markets.map((code) => ({ ...terms, countries: [code] })),
    country,
    origin: 'https://shop.example',
    host: 'shop.example',
    route: locale === undefined ? home : { ...home, locale },
    template: { name: 'index', suffix: null },
    locale: locale ?? 'en',
    meta: { settings: {} } as ThemeMeta,
    menus: {},
    title: 'Shop',
    description: '',
    image: null,
  };
  return pageGlobals(input)['routes'];
}

test.each<[string, string, string[], string | null]>([
  ['a shop of the Union', 'DE', [], '/withdraw'],
  ['one outside with a market inside', 'US', ['JP', 'NO'], '/withdraw'],
  ['one that is nowhere near', 'US', ['JP', 'GB'], null],
])('%s has an address for withdrawals or none', (_, country, markets, withdraw) => {
  expect(routesOf(country, markets)).toMatchObject({ withdraw });
});

test('the account has its address in the first language and in the others', () => {
  expect(routesOf('DE', [])).toMatchObject({ account: '/account', login: '/account/login' });
  expect(routesOf('DE', [], 'de')).toMatchObject({
    account: '/de/account',
    withdraw: '/de/withdraw',
  });
});
