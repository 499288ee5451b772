import { searchKinds, suggestAsked } from './suggest-asked';

const asked = (query: string) => suggestAsked(new URLSearchParams(query));

describe('what is asked for while a shopper types', () => {
  it('is everything, ten together, what is sold out behind the rest', () => {
    expect(asked('q=+lin+')).toEqual({
      q: 'lin',
      kinds: searchKinds,
      queries: true,
      limit: 10,
      scope: 'all',
      unavailable: 'last',
      weights: null,
    });
    expect(asked('q=')).toMatchObject({ q: '' });
  });

  it('is what the parameters say', () => {
    const query =
      'q=a&resources[type]=page,%20product&resources[limit]=3&resources[limit_scope]=each' +
      '&resources[options][unavailable_products]=hide&resources[options][fields]=vendor,title,tag';
    expect(asked(query)).toEqual({
      q: 'a',
      kinds: ['product', 'page'],
      queries: false,
      limit: 3,
      scope: 'each',
      unavailable: 'hide',
      weights: 'AB',
    });
    expect(asked('q=a&resources[type]=query')).toMatchObject({ kinds: [], queries: true });
    expect(asked(`q=${'x'.repeat(900)}`)).toMatchObject({ q: 'x'.repeat(200) });
  });

  it.each([
    ['', 'A q value is missing'],
    ['q=a&resources[type]=order', 'Invalid option for `type` parameter'],
    ['q=a&resources[type]=product,__proto__', 'Invalid option for `type` parameter'],
    ['q=a&resources[limit]=0', 'Invalid option for `limit` parameter'],
    ['q=a&resources[limit]=11', 'Invalid option for `limit` parameter'],
    ['q=a&resources[limit]=', 'Invalid option for `limit` parameter'],
    ['q=a&resources[limit]=NaN', 'Invalid option for `limit` parameter'],
    ['q=a&resources[limit_scope]=some', 'Invalid option for `limit_scope` parameter'],
    [
      'q=a&resources[options][unavailable_products]=first',
      'Invalid option for `unavailable_products` parameter',
    ],
    ['q=a&resources[options][fields]=cost', 'Invalid option for `fields` parameter'],
    ['q=a&resources[options][fields]=constructor', 'Invalid option for `fields` parameter'],
  ])('%s: %s', (query, sentence) => expect(asked(query)).toBe(sentence));
});
