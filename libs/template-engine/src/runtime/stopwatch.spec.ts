import { Stopwatch } from './stopwatch';

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

function compute(ms: number): void {
  const start = process.cpuUsage();
  for (;;) {
    const { user, system } = process.cpuUsage(start);
    if (user + system > ms * 1_000) return;
  }
}

test('a section that got no processor is not late; one that used its time is', () => {
  const watch = new Stopwatch(400);
  expect(watch.enter()).toBe(false);
  expect(watch.isLate()).toBe(false);
  sleep(250);
  expect(watch.isLate()).toBe(false);
  compute(200);
  expect(watch.isLate()).toBe(true);
});

test('a page ends before it would be killed, whatever it got', () => {
  const watch = new Stopwatch(400);
  watch.enter();
  sleep(850);
  expect(watch.isLate()).toBe(true);
});

test('a page whose time is up leaves its sections none', () => {
  expect(new Stopwatch(-1).enter()).toBe(true);
});
