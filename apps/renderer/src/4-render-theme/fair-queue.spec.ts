import { FairQueue } from './fair-queue';

const anybody = () => true;

describe('a fair queue', () => {
  it('takes turns between stores, in order within each', () => {
    const queue = new FairQueue<string>(10);
    for (const thing of ['a1', 'a2', 'a3', 'b1', 'c1', 'c2']) queue.add(thing.charAt(0), thing);
    const order = Array.from({ length: 7 }, () => queue.next(anybody));
    expect(order).toEqual(['a1', 'b1', 'c1', 'a2', 'c2', 'a3', null]);
  });

  it('sends away the last of the longest line first', () => {
    const queue = new FairQueue<string>(3);
    for (const thing of ['a1', 'a2', 'a3']) expect(queue.add('a', thing)).toBeNull();
    expect(queue.add('b', 'b1')).toBe('a3');
    expect(queue.add('a', 'a4')).toBe('a4');
    expect(queue.next(anybody)).toBe('a1');
  });

  it('passes over stores that may not', () => {
    const queue = new FairQueue<string>(3);
    queue.add('a', 'a1');
    queue.add('b', 'b1');
    expect(queue.next((store) => store !== 'a')).toBe('b1');
    expect(queue.next((store) => store !== 'a')).toBeNull();
    expect(queue.next(anybody)).toBe('a1');
  });
});
