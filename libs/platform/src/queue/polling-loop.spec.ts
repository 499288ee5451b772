import { PollingLoop } from './polling-loop';

const never = { busyMs: 600_000, idleMs: 600_000 };

/** Resolves when the n-th round has begun. */
function rounds(): {
  round: () => Promise<boolean>;
  reached: (n: number) => Promise<void>;
  count: () => number;
} {
  let count = 0;
  const waiting: { n: number; resolve: () => void }[] = [];
  return {
    count: () => count,
    round: async () => {
      count += 1;
      for (const { n, resolve } of waiting) if (n <= count) resolve();
      return false;
    },
    reached: (n) =>
      new Promise((resolve) => (n <= count ? resolve() : waiting.push({ n, resolve }))),
  };
}

describe('PollingLoop', () => {
  it('rests until it is woken, and stops in the middle of a rest', async () => {
    const { round, reached, count } = rounds();
    const loop = new PollingLoop(round, never, () => undefined);
    loop.start();
    loop.start();
    await reached(1);
    loop.wake();
    await reached(2);
    await loop.stop();
    expect(count()).toBe(2);
  });

  it('does not sleep through a call that comes while a round is under way', async () => {
    let count = 0;
    const loop: PollingLoop = new PollingLoop(
      async () => {
        count += 1;
        if (count === 1) loop.wake();
        if (count === 2) void loop.stop();
        return false;
      },
      never,
      () => undefined,
    );
    loop.start();
    await new Promise((resolve) => setImmediate(resolve));
    await loop.stop();
    expect(count).toBe(2);
  });

  it('goes on after a round that throws, and says so', async () => {
    const errors: unknown[] = [];
    const { round, reached } = rounds();
    const loop = new PollingLoop(
      async () => {
        await round();
        throw new Error('broken');
      },
      { busyMs: 1, idleMs: 1 },
      (error) => errors.push(error),
    );
    loop.start();
    await reached(3);
    await loop.stop();
    expect(errors.length).toBeGreaterThanOrEqual(2);
  });
});
