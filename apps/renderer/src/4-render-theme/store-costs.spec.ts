import { StoreCosts } from './store-costs';

/** Two processes: a tenth of a millisecond is worked off in each, together. */
const costs = () => {
  const list = new StoreCosts({ shop: { renderProcesses: 2 } } as never);
  list.begin('other', 0);
  return list;
};

describe('what dear pages of a store have cost', () => {
  it('makes it rest until a twentieth of the processes has worked it off', () => {
    const list = costs();
    // 92 for rendering and 8 for what is around it.
    for (let i = 0; i < 4; i += 1) list.spend('a', 92, 0);
    expect(list.rest('a', 0)).toBe(1_000);
    expect(list.rest('a', 800)).toBe(200);
    expect(list.rest('a', 1_000)).toBe(0);
    expect(list.rest('b', 0)).toBe(0);
  });

  it('does not count what pages usually cost, however many', () => {
    const list = costs();
    for (let i = 0; i < 10_000; i += 1) list.spend('a', 10, 0);
    expect([list.rest('a', 0), list.isDear('a', 0)]).toEqual([0, false]);
  });

  it('counts every page of a store that used up a budget, and what is around it, twice for a minute', () => {
    const list = costs();
    list.setApart('a', 0);
    for (let i = 0; i < 20; i += 1) list.spend('a', 2, 0);
    expect(list.rest('a', 0)).toBe(1_000);
    expect(list.isDear('a', 59_999)).toBe(true);
    list.spend('a', 2, 60_000);
    expect([list.rest('a', 60_000), list.isDear('a', 60_000)]).toEqual([0, false]);
  });

  it('forgives a burst', () => {
    const list = costs();
    for (let i = 0; i < 3; i += 1) list.spend('a', 92, 0);
    expect(list.rest('a', 0)).toBe(0);
  });

  it('makes nobody rest for long', () => {
    const list = costs();
    for (let i = 0; i < 100; i += 1) list.spend('a', 1_000, 0);
    expect(list.rest('a', 0)).toBe(10_000);
  });

  it('is of no matter where there is no other store', () => {
    const list = costs();
    for (let i = 0; i < 100; i += 1) list.spend('a', 100, 20_000);
    list.begin('a', 20_000);
    expect(list.rest('a', 20_000)).toBe(0);
    list.begin('b', 20_001);
    expect(list.rest('a', 20_001)).toBeGreaterThan(1_000);
    for (let i = 0; i < 10; i += 1) list.begin('a', 20_002 + i);
    expect(list.rest('a', 20_020)).toBeGreaterThan(1_000);
  });

  it('sets it apart for a minute after its last dear page', () => {
    const list = costs();
    list.spend('a', 92, 0);
    expect(list.isDear('a', 0)).toBe(false);
    list.spend('a', 92, 0);
    expect([list.isDear('a', 59_999), list.isDear('b', 0)]).toEqual([true, false]);
    expect(list.isDear('a', 60_000)).toBe(false);
    list.setApart('b', 10);
    expect(list.isDear('b', 60_009)).toBe(true);
  });
});
