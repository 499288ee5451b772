import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CliError } from '../cli-error';
import type { Ports } from './ports';

/** What a running start says about itself, in its home. */
export interface RunningStart {
  pid: number;
  /** When the process began, in the kernel's ticks; tells it from a later process of the same number. */
  born: string | null;
  ports: Ports | null;
}

/** The start that runs on a home; null when none does, also when one was killed. */
export function runningStart(home: string): RunningStart | null {
  const start = readLock(home);
  return start !== null && isAlive(start) ? start : null;
}

/**
 * Lets one start at a time run on a home.
 * @returns whether an earlier start was killed here: what it started may still be on its way out
 * @throws CliError when another one runs
 */
export function lockHome(home: string): { afterKill: boolean } {
  const start = runningStart(home);
  if (start !== null) {
    throw new CliError(
      `Caravel is already running on ${home} (process ${start.pid}): stop it first, or set CARAVEL_HOME to another folder.`,
    );
  }
  const afterKill = readLock(home) !== null;
  rmSync(lockFile(home), { force: true });
  write(home, null, 'wx');
  return { afterKill };
}

/** Adds the ports once they are known, for `caravel status`. */
export function notePorts(home: string, ports: Ports): void {
  write(home, ports, 'w');
}

/** Lets the next start in. */
export function unlockHome(home: string): void {
  rmSync(lockFile(home), { force: true });
}

function write(home: string, ports: Ports | null, flag: 'w' | 'wx'): void {
  const start: RunningStart = { pid: process.pid, born: birthOf(process.pid), ports };
  writeFileSync(lockFile(home), JSON.stringify(start), { flag, mode: 0o600 });
}

function readLock(home: string): RunningStart | null {
  try {
    return JSON.parse(readFileSync(lockFile(home), 'utf8')) as RunningStart;
  } catch {
    // Absent, or cut short by a full disk: no start can be told from it.
    return null;
  }
}

function isAlive({ pid, born }: RunningStart): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return born === null || birthOf(pid) === born;
}

/** Field 22 of proc(5)'s stat, counted behind the program's name, which may contain anything. */
function birthOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function lockFile(home: string): string {
  return join(home, 'start.json');
}
