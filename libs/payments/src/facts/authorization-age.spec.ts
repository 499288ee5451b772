import type { ProviderCode } from '../payment-views';
import { authorizationAge } from './authorization-age';
import type { Fact } from './fact';

const auth = (at: string, more: Partial<Fact> = {}): Fact =>
  ({
    kind: 'auth',
    objectId: at,
    status: 'authorized',
    money: { amountMinor: 1000, currency: 'EUR' },
    at,
    ...more,
  }) as Fact;
const first = '2026-11-01T12:00:00.000Z';

describe('the age of an authorization', () => {
  it.each<[ProviderCode, Partial<Fact>, string, string]>([
    ['stripe', {}, '2026-11-08T12:00:00.000Z', '2026-11-08T12:00:00.000Z'],
    [
      'stripe',
      { dueAt: '2026-11-06T08:00:00.000Z' },
      '2026-11-06T08:00:00.000Z',
      '2026-11-06T08:00:00.000Z',
    ],
    ['paypal', {}, '2026-11-30T12:00:00.000Z', '2026-11-04T12:00:00.000Z'],
    [
      'paypal',
      { dueAt: '2026-11-03T00:00:00.000Z' },
      '2026-11-03T00:00:00.000Z',
      '2026-11-03T00:00:00.000Z',
    ],
    [
      'test',
      { dueAt: '2026-11-02T00:00:00.000Z' },
      '2026-11-02T00:00:00.000Z',
      '2026-11-02T00:00:00.000Z',
    ],
  ])('ends at %s, told %j, at %s; it is good until %s', (provider, more, expiresAt, dueAt) => {
    expect(authorizationAge(provider, [auth(first, more)])).toEqual({ expiresAt, dueAt });
  });

  it('is that of the one that ends first, whatever their order', () => {
    const later = auth('2026-11-02T12:00:00.000Z');
    for (const facts of [
      [auth(first), later],
      [later, auth(first)],
    ])
      expect(authorizationAge('stripe', facts)?.expiresAt).toBe('2026-11-08T12:00:00.000Z');
  });

  it('is none where nothing is authorized, or nobody says when it ends', () => {
    expect(authorizationAge('stripe', [])).toBeNull();
    expect(authorizationAge('stripe', [auth(first, { status: 'voided' })])).toBeNull();
    expect(authorizationAge('manual', [auth(first)])).toBeNull();
    expect(authorizationAge('test', [auth(first)])).toBeNull();
  });
});
