import { type RiskFacts, riskFlags } from './risk-flags';

const home = { name: 'Ada Lovelace', address1: 'Torstraße 1', city: 'Berlin', country: 'DE' };
const facts = (more: Partial<RiskFacts> = {}): RiskFacts => ({
  email: 'ada@example.com',
  shippingAddress: home,
  billingAddress: home,
  attempts: 1,
  ...more,
});

describe('the risk of an order', () => {
  it.each<[string, Partial<RiskFacts>, string[]]>([
    ['an order like others', {}, []],
    ['nothing known', { email: null, shippingAddress: null, billingAddress: null }, []],
    [
      'a bill to another country',
      { billingAddress: { ...home, country: 'FR' } },
      ['countries_differ'],
    ],
    ['nothing sent', { shippingAddress: null }, []],
    ['a card mistyped twice', { attempts: 3 }, []],
    ['cards tried out', { attempts: 4 }, ['many_attempts']],
    ['mail thrown away', { email: 'x@Mailinator.com' }, ['disposable_email']],
    ['mail thrown away below a domain', { email: 'x@a.mailinator.com' }, ['disposable_email']],
    ['mail that only looks so', { email: 'mailinator.com@example.com' }, []],
    ['a forwarder', { shippingAddress: { ...home, company: 'MyUS Suite 12' } }, ['reshipper']],
    [
      'a forwarder in the second line',
      { shippingAddress: { ...home, address2: 'c/o Parcel Forwarding' } },
      ['reshipper'],
    ],
    ['a street that only sounds so', { shippingAddress: { ...home, address1: 'Myusstr. 5' } }, []],
    [
      'all at once, always in this order',
      {
        attempts: 9,
        email: 'x@mailinator.com',
        shippingAddress: { ...home, name: 'Shipito', country: 'US' },
      },
      ['countries_differ', 'many_attempts', 'disposable_email', 'reshipper'],
    ],
  ])('%s', (_name, more, flags) => {
    expect(riskFlags(facts(more))).toEqual(flags);
  });
});
