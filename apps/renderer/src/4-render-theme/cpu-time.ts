import { readFileSync } from 'node:fs';

/** Linux counts a process's time in hundredths of a second, whatever its kernel's own ticks are (proc(5), USER_HZ). */
const msPerTick = 10;

/** Milliseconds of CPU that a process has used, all threads together; null where the system does not say. */
export function cpuMs(pid: number): number | null {
  try {
    // The name in brackets may have spaces; of what follows it the 12th and 13th are user's and system's time.
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
    const ticks = Number(fields[11]) + Number(fields[12]);
    return Number.isFinite(ticks) ? ticks * msPerTick : null;
  } catch {
    return null;
  }
}
