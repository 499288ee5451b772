import type { IncomingMessage } from 'node:http';
import { cartSections, cookieAfter, isPageRequest, sectionRequest } from './section-requests';

const request = (method: string, url: string, headers: Record<string, string> = {}) =>
  ({ method, url, headers }) as unknown as IncomingMessage;

test('reads what asks for sections out of an address', () => {
  expect(sectionRequest('/collections/all?page=2&sections=main,header')).toEqual({
    path: '/collections/all?page=2',
    ids: ['main', 'header'],
    single: false,
  });
  expect(sectionRequest('/?section_id=main')).toEqual({ path: '/', ids: ['main'], single: true });
  expect(sectionRequest('/search?q=sections')).toBeNull();
});

test.each([
  ['GET', '/products/vase', 'text/html,*/*', true],
  ['GET', '/products/vase?page=1.5', '*/*', true],
  ['GET', '/cart.js', '*/*', false],
  ['GET', '/cart', 'application/json', false],
  ['GET', '/media/a', 'text/html', false],
  ['POST', '/cart', 'text/html', false],
])('%s %s, accepting %s, is a page: %s', (method, url, accept, page) => {
  expect(isPageRequest(request(method, url, { accept }))).toBe(page);
});

test('what an answer sets goes before what the browser sent', () => {
  expect(cookieAfter('cart=old; lang=de', ['cart=new; Path=/; HttpOnly'])).toBe(
    'cart=new; lang=de',
  );
  expect(cookieAfter(undefined, [])).toBeUndefined();
});

const forms = [
  ['application/json', '{"sections":["main"],"sections_url":"/cart"}'],
  ['application/json', '{"sections":"main","sections_url":"/cart"}'],
  ['application/x-www-form-urlencoded', 'id=1&sections=main&sections_url=%2Fcart'],
  [
    'multipart/form-data; boundary=b',
    '--b\r\nContent-Disposition: form-data; name="sections"\r\n\r\nmain\r\n--b\r\nContent-Disposition: form-data; name="sections_url"\r\n\r\n/cart\r\n--b--\r\n',
  ],
] as const;
test.each(forms)('reads the sections that a cart is asked for in %s: %s', async (type, body) => {
  const asked = request('POST', '/de/cart/add.js', { 'content-type': type });
  expect(await cartSections(asked, Buffer.from(body))).toEqual({ ids: ['main'], path: '/cart' });
});

test('a cart that is asked for no sections, or cannot be read, wants none', async () => {
  const json = { 'content-type': 'application/json' };
  for (const body of ['{}', '{', '{"sections":5}']) {
    const asked = request('POST', '/cart/add.js', json);
    expect(await cartSections(asked, Buffer.from(body))).toBeNull();
  }
  expect(await cartSections(request('POST', '/cart', json), Buffer.from('{}'))).toBeNull();
});
