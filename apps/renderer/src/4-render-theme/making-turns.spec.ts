import { setTimeout as sleep } from 'node:timers/promises';
import { MakingTurns } from './making-turns';
import { StoreCosts } from './store-costs';

const config = { shop: { renderProcesses: 1 } } as never;

/** A page that is made until it is told that it is done. */
function page(): { make: () => Promise<string>; begun: () => boolean; done: () => void } {
  let begun = false;
  let done = (): void => undefined;
  const made = new Promise<string>((resolve) => (done = () => resolve('made')));
  const make = () => {
    begun = true;
    return made;
  };
  return { make, begun: () => begun, done };
}

describe('turns at making pages', () => {
  it('leave half of them to other stores, however many one asks for', async () => {
    const turns = new MakingTurns(config, new StoreCosts(config));
    const flood = Array.from({ length: 10 }, page);
    const answers = flood.map(({ make }) => turns.take('a', make));
    const other = page();
    const answer = turns.take('b', other.make);
    await sleep(1);
    expect([flood.filter(({ begun }) => begun()).length, other.begun()]).toEqual([2, true]);
    for (const { done } of [...flood, other]) done();
    expect(new Set(await Promise.all([...answers, answer]))).toEqual(new Set(['made']));
  });

  it('come to a store that rests when it has rested', async () => {
    const costs = new StoreCosts(config);
    const turns = new MakingTurns(config, costs);
    const start = performance.now();
    costs.spend('a', 312, start);
    await turns.take('b', () => Promise.resolve());
    const order: string[] = [];
    const note = (store: string) => turns.take(store, () => Promise.resolve(order.push(store)));
    await Promise.all([note('a'), note('b')]);
    expect(order).toEqual(['b', 'a']);
    expect(performance.now() - start).toBeGreaterThan(395);
  });

  it('of stores whose pages are dear are their own, however long they hold them', async () => {
    const costs = new StoreCosts(config);
    const turns = new MakingTurns(config, costs);
    const held = Array.from({ length: 6 }, page);
    const answers = held.map(({ make }, at) => {
      costs.setApart(`dear ${at % 3}`, performance.now());
      return turns.take(`dear ${at % 3}`, make);
    });
    await sleep(1);
    expect(held.filter(({ begun }) => begun())).toHaveLength(2);
    const others = Array.from({ length: 4 }, page);
    const made = others.map(({ make }, at) => turns.take(`other ${at}`, make));
    await sleep(1);
    expect(others.every(({ begun }) => begun())).toBe(true);
    for (const { done } of [...held, ...others]) done();
    await Promise.all([...answers, ...made]);
  });

  it('of dear pages begin when nobody else has a page made, or after a tenth of a second', async () => {
    const costs = new StoreCosts(config);
    const turns = new MakingTurns(config, costs);
    costs.setApart('dear', performance.now());
    const [first, second, early, late] = [page(), page(), page(), page()] as const;
    const answers = [turns.take('a', first.make), turns.take('dear', early.make)];
    await sleep(1);
    expect(early.begun()).toBe(false);
    first.done();
    await answers[0];
    await sleep(1);
    expect(early.begun()).toBe(true);
    answers.push(turns.take('a', second.make));
    const start = performance.now();
    answers.push(turns.take('dear', late.make));
    while (!late.begun()) await sleep(5);
    expect(performance.now() - start).toBeGreaterThan(95);
    for (const { done } of [second, early, late]) done();
    await Promise.all(answers);
  });

  it('are given on when a page fails, and shed what is too much', async () => {
    const turns = new MakingTurns(config, new StoreCosts(config));
    for (let i = 0; i < 10; i += 1) {
      await expect(turns.take('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    }
    const held = page();
    const asked = Array.from({ length: 503 }, () => turns.take('a', held.make));
    await expect(asked[502]).rejects.toMatchObject({ name: 'RenderOverload' });
    held.done();
    await expect(asked[501]).resolves.toBe('made');
  });
});
