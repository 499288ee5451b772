import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockHome, notePorts, runningStart, unlockHome } from './home-lock';

describe('one start at a time on a home', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'caravel-lock-'));
  });
  afterEach(() => rmSync(home, { recursive: true }));

  test('keeps a second one out, and lets the next in', () => {
    expect(lockHome(home)).toEqual({ afterKill: false });
    expect(() => lockHome(home)).toThrow(
      /^Caravel is already running on .* \(process \d+\): .*\.$/,
    );
    unlockHome(home);
    expect(lockHome(home)).toEqual({ afterKill: false });
  });

  test('shows its ports once they are known', () => {
    lockHome(home);
    expect(runningStart(home)).toMatchObject({ pid: process.pid, ports: null });
    notePorts(home, { api: 1, shop: 2, tls: 3, worker: 4, renderer: 5, testPayments: 6 });
    expect(runningStart(home)?.ports).toEqual({
      api: 1,
      shop: 2,
      tls: 3,
      worker: 4,
      renderer: 5,
      testPayments: 6,
    });
  });

  test('knows a killed start, also when its number belongs to another process now', () => {
    const lock = { pid: process.pid, born: 'long ago', ports: null };
    writeFileSync(join(home, 'start.json'), JSON.stringify(lock));
    expect(runningStart(home)).toBeNull();
    expect(lockHome(home)).toEqual({ afterKill: true });
  });

  test('is not stopped by a lock that was cut short', () => {
    writeFileSync(join(home, 'start.json'), '{"pid":');
    expect(lockHome(home)).toEqual({ afterKill: false });
  });
});
