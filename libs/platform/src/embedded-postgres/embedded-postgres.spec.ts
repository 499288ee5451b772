import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explainFailure } from './embedded-postgres.errors';
import { canReach } from './server-user';

describe('what PostgreSQL said, in one sentence', () => {
  test.each([
    ['FATAL:  could not write lock file "postmaster.pid": No space left on device', 'disk-full'],
    ["Error: ENOSPC: no space left on device, mkdir '/d'", 'disk-full'],
    ['LOG:  could not bind IPv4 address "127.0.0.1": Address already in use', 'port-in-use'],
    ['initdb: error: could not access directory "/d": Permission denied', 'permission'],
    ['FATAL:  data directory "/d" has wrong ownership', 'permission'],
    ['x\nFATAL:  could not map anonymous shared memory', 'not-started'],
    ['', 'not-started'],
  ])('%s', (output, code) => {
    const error = explainFailure('/d', output);
    expect(error.code).toBe(code);
    expect(error.message).toContain('/d');
    expect(error.message).not.toContain('\n');
  });

  test('keeps the words after a FATAL', () => {
    expect(explainFailure('/d', 'x\n2026 [1] FATAL:  out of luck\nstopped').message).toBe(
      'PostgreSQL did not start in /d: out of luck',
    );
  });
});

describe('whether the server’s user can walk to a folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'caravel-reach-'));
  const stranger = { uid: 4_000_001, gid: 4_000_001 };
  afterAll(() => rmSync(folder, { recursive: true }));

  test('every folder above must let it through, even for a path that is not there yet', () => {
    const inner = join(folder, 'inner');
    mkdirSync(inner);
    chmodSync(folder, 0o711);
    chmodSync(inner, 0o711);
    expect(canReach(join(inner, 'absent/data'), stranger)).toBe(true);
    chmodSync(folder, 0o700);
    expect(canReach(join(inner, 'absent/data'), stranger)).toBe(false);
    expect(canReach(join(inner, 'absent/data'), null)).toBe(true);
  });
});
