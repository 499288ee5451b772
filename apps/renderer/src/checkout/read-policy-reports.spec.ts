import * as fc from 'fast-check';
import { readPolicyReports } from './read-policy-reports';

const read = (value: unknown) => readPolicyReports(Buffer.from(JSON.stringify(value)));
const token = 'Xl-PggC2SwKwRJjJBMv4zbQ5NgpqxQO-';

describe('reports of a checkout’s policy', () => {
  it('are read as `report-uri` sends them', () => {
    const report = {
      'document-uri': `https://shop.test/checkouts/${token}/payment?x=1`,
      'violated-directive': "script-src 'nonce-a'",
      'blocked-uri': 'https://evil.test/skim.js?mail=ada@example.test',
    };
    expect(read({ 'csp-report': report })).toEqual([
      { directive: 'script-src', blocked: 'https://evil.test', page: '/checkouts/…/payment' },
    ]);
  });

  it('are read as `report-to` sends them, whatever else it tells', () => {
    const body = {
      documentURL: `https://shop.test/de/orders/${token}`,
      effectiveDirective: 'script-src-elem',
      blockedURL: 'inline',
    };
    const other = { type: 'deprecation', body: null };
    expect(read([{ type: 'csp-violation', body }, other])).toEqual([
      { directive: 'script-src-elem', blocked: 'inline', page: '/de/orders/…' },
    ]);
  });

  it.each([
    [null],
    ['text'],
    [{}],
    [{ 'csp-report': 1 }],
    [[1]],
    [Array.from({ length: 21 }, () => ({ type: 'a' }))],
  ])('are not %j', (value) => expect(read(value)).toBeNull());

  it('bring nothing into the log but names of rules, hosts and pages', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.webUrl(), (rule, blocked, page) => {
        const [told] = readPolicyReports(
          Buffer.from(
            JSON.stringify([
              {
                type: 'csp-violation',
                body: { documentURL: page, effectiveDirective: rule, blockedURL: blocked },
              },
            ]),
          ),
        )!;
        expect(told?.directive).toMatch(/^[a-z][a-z-]{0,40}$/);
        expect(told?.blocked).toMatch(/^[a-z-]{1,30}$|^[a-z][a-z0-9+.-]*:(\/\/[^/?#\s]*)?$/);
        expect(told?.page).toMatch(/^\S{0,200}$/);
      }),
    );
  });
});
