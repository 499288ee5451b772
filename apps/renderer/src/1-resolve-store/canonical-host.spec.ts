import { canonicalUrl, originOf } from './canonical-host';

const shop = (publicPort: number, tlsPublicPort: number) =>
  ({ publicPort, tlsPublicPort }) as Parameters<typeof originOf>[1];
const site = (over: object) => ({
  kind: 'store' as const,
  storeId: 's',
  host: 'a.test',
  isSecure: true,
  primaryHost: 'a.test',
  primaryIsSecure: true,
  ...over,
});

describe('the one address of a page', () => {
  it('goes to HTTPS on the same host first, then to the primary one', () => {
    const other = site({ host: 'www.a.test' });
    const first = canonicalUrl(other, { secure: false }, '/x?y=1', shop(80, 443));
    expect(first).toBe('https://www.a.test/x?y=1');
    const second = canonicalUrl(other, { secure: true }, '/x?y=1', shop(80, 443));
    expect(second).toBe('https://a.test/x?y=1');
    expect(canonicalUrl(site({}), { secure: true }, '/x', shop(80, 443))).toBeNull();
  });

  it('sends the platform’s name to the primary hostname', () => {
    const platform = site({ host: 'kiln.localhost', isSecure: false });
    expect(canonicalUrl(platform, { secure: false }, '/', shop(4080, 4443))).toBe(
      'https://a.test:4443/',
    );
  });

  it('leaves a host without a certificate on HTTP', () => {
    const plain = site({ isSecure: false, primaryIsSecure: false });
    expect(canonicalUrl(plain, { secure: false }, '/', shop(4080, 4443))).toBeNull();
    expect(originOf(plain, shop(4080, 4443))).toBe('http://a.test:4080');
  });
});
