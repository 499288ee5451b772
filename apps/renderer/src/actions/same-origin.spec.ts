import { mayFollow, mayWrite, ownPath } from './same-origin';

describe('writes', () => {
  const from = (headers: Record<string, string>, secure = false) =>
    mayWrite({ headers, hosts: ['kiln.localhost:4080'], secure });

  it.each([
    [{}, true],
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'same-origin', origin: 'null' }, true],
    [{ 'sec-fetch-site': 'same-site', origin: 'http://kiln.localhost:4080' }, false],
    [{ 'sec-fetch-site': 'cross-site' }, false],
    [{ 'sec-fetch-site': 'none' }, false],
    [{ origin: 'http://kiln.localhost:4080' }, true],
    [{ origin: 'http://KILN.localhost:4080' }, true],
    [{ origin: 'https://kiln.localhost:4080' }, false],
    [{ origin: 'http://kiln.localhost' }, false],
    [{ origin: 'http://other.localhost:4080' }, false],
    [{ origin: 'null' }, false],
    [{ origin: '' }, false],
  ])('%j: %s', (headers, allowed) => expect(from(headers)).toBe(allowed));

  it('compare the scheme that the shopper used', () => {
    expect(from({ origin: 'https://kiln.localhost:4080' }, true)).toBe(true);
  });
});

describe('links that change something', () => {
  it.each([
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{}, false],
    [{ 'sec-fetch-site': 'none' }, false],
    [{ 'sec-fetch-site': 'cross-site' }, false],
    [{ 'sec-fetch-site': 'same-origin', 'sec-purpose': 'prefetch;prerender' }, false],
    [{ 'sec-fetch-site': 'same-origin', purpose: 'prefetch' }, false],
  ])('%j: %s', (headers: Record<string, string>, allowed) =>
    expect(mayFollow({ headers })).toBe(allowed),
  );
});

describe('the way back', () => {
  it.each([
    ['/products/shirt?variant=1#buy', '/products/shirt?variant=1#buy'],
    ['/größe', '/gr%C3%B6%C3%9Fe'],
    ['//evil.example/', null],
    ['/\\evil.example', null],
    ['/\t/evil.example', null],
    ['/.//evil.example', '/evil.example'],
    ['https://evil.example/', null],
    ['javascript:alert(1)', null],
    ['cart', null],
    ['', null],
  ])('%s: %s', (given, path) => expect(ownPath(given)).toBe(path));
});
