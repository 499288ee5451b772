import { StoreCosts } from './store-costs';

const costs = () => new StoreCosts({ shop: { renderProcesses: 2 } } as never);

describe('what dear pages of a store have cost', () => {
  it('makes it rest until a tenth of the processes has worked it off', () => {
    const list = costs();
    for (let i = 0; i < 4; i += 1) list.spend('a', 100, 0);
    expect(list.rest('a', 0)).toBe(500);
    expect(list.rest('a', 400)).toBe(100);
    expect(list.rest('a', 500)).toBe(0);
    expect(list.rest('b', 0)).toBe(0);
  });

  it('does not count what pages usually cost, however many', () => {
    const list = costs();
    for (let i = 0; i < 10_000; i += 1) list.spend('a', 15, 0);
    expect(list.rest('a', 0)).toBe(0);
  });

  it('forgives a burst', () => {
    const list = costs();
    for (let i = 0; i < 3; i += 1) list.spend('a', 100, 0);
    expect(list.rest('a', 0)).toBe(0);
  });
});
