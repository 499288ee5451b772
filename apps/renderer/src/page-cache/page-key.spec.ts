import { matchRoute } from '../2-match-route/match-route';
import { pageKey } from './page-key';

function keyOf(path: string): string {
  const route = matchRoute(path);
  if (route.kind !== 'page') throw new Error(`${path} is no page`);
  return pageKey('shop.example', route.page);
}

describe('the key of a page', () => {
  it.each([
    ['/collections/a?filter.p.vendor=A', '/collections/a'],
    ['/collections/a?filter.p.vendor=A', '/collections/a?filter.p.vendor=B'],
    ['/collections/a?filter.p.vendor=A', '/collections/a?filter.p.tag=A'],
    ['/collections/a?filter.p.vendor=A&section_id=main', '/collections/a?section_id=main'],
    ['/collections/a?sort_by=title-ascending', '/collections/a'],
  ])('tells %s from %s', (one, other) => expect(keyOf(one)).not.toBe(keyOf(other)));

  it.each([
    [
      '/collections/a?filter.p.vendor=A&filter.p.vendor=B',
      '/collections/a?filter.p.vendor=B&filter.p.vendor=A',
    ],
    [
      '/collections/a?filter.v.option.Size=S',
      '/collections/a?filter.v.option.size=S&filter.v.option.size=S',
    ],
    ['/collections/a?utm_source=x&filter.p.nonsense=1', '/collections/a'],
    ['/products/a?filter.p.vendor=A', '/products/a'],
  ])('is one for %s and %s', (one, other) => expect(keyOf(one)).toBe(keyOf(other)));
});
