import { Metrics } from '@platform/telemetry';
import { FragmentCache } from './fragment-cache';

const KB = 1024;

test('a store takes four megabytes at most, and gives up its oldest', () => {
  const cache = new FragmentCache(new Metrics());
  for (let i = 0; i < 100; i += 1) cache.keep('greedy', `k${i}`, Buffer.alloc(100 * KB, 'x'));
  expect(cache.size).toBeLessThanOrEqual(4 * KB * KB);
  expect(cache.find('greedy', 'k0')).toBeNull();
  expect(cache.find('greedy', 'k99')?.length).toBe(100 * KB);
});

test('a section that would push out many others is not kept', () => {
  const cache = new FragmentCache(new Metrics());
  cache.keep('store', 'most', Buffer.alloc(256 * KB, 'x'));
  cache.keep('store', 'more', Buffer.alloc(256 * KB + 1, 'x'));
  expect([cache.find('store', 'most')?.length, cache.find('store', 'more')]).toEqual([
    256 * KB,
    null,
  ]);
});

test('all stores together take 64 megabytes at most, and who was not asked for longest goes first', () => {
  const cache = new FragmentCache(new Metrics());
  for (let store = 0; store < 30; store += 1) {
    for (let i = 0; i < 35; i += 1) cache.keep(`s${store}`, `k${i}`, Buffer.alloc(100 * KB, 'x'));
    expect(cache.find('s0', 'k34')).not.toBeNull();
  }
  expect(cache.size).toBeLessThanOrEqual(64 * KB * KB);
  expect(cache.find('s1', 'k34')).toBeNull();
  expect(cache.find('s29', 'k34')).not.toBeNull();
});

test('what is kept is a copy of its own', () => {
  const cache = new FragmentCache(new Metrics());
  const answer = Buffer.from('one two');
  cache.keep('store', 'key', answer.subarray(0, 3));
  answer.fill('x');
  const kept = cache.find('store', 'key');
  expect([kept?.toString(), kept?.buffer.byteLength]).toEqual(['one', 3]);
});

test('the last section of a place goes with its store’s bytes, and is no section by itself', () => {
  const cache = new FragmentCache(new Metrics());
  cache.keep('store', 'key', Buffer.from('one'));
  cache.remember('store', 'place', 'key');
  expect(cache.last('store', 'place')?.toString()).toBe('one');
  expect([cache.last('other', 'place'), cache.last('store', 'elsewhere')]).toEqual([null, null]);
  expect([cache.find('store', 'place'), cache.find('store', 'last place')]).toEqual([null, null]);
  for (let i = 0; i < 50_000; i += 1) cache.remember('store', `p${i}`, `k${i}`);
  expect(cache.size).toBeLessThanOrEqual(4 * KB * KB);
  expect(cache.last('store', 'place')).toBeNull();
});
