import { systemOrigin } from './system-origin';

const config = (url: string, publicPort: number, tlsPublicPort: number) =>
  ({
    api: { url },
    shop: { platformZone: 'shops.example', publicPort, tlsPublicPort },
  }) as Parameters<typeof systemOrigin>[1];

test.each([
  ['http://localhost:4000', 80, 443, 'http://oak.shops.example'],
  ['http://localhost:4000', 4080, 443, 'http://oak.shops.example:4080'],
  ['https://api.example', 80, 443, 'https://oak.shops.example'],
  ['https://api.example', 80, 4443, 'https://oak.shops.example:4443'],
])('the API at %s, shops on %i and %i', (url, publicPort, tlsPublicPort, origin) => {
  expect(systemOrigin('oak', config(url, publicPort, tlsPublicPort))).toBe(origin);
});
