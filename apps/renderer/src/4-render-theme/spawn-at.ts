import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

/**
 * Of util-linux, which each Debian has. A process of the class "idle" gives its processor up the moment that any other
 * wants it (sched(7), SCHED_IDLE); one that is only nice is let finish its slice of a few milliseconds first.
 */
const chrt = '/usr/bin/chrt';

/**
 * Starts a program with nothing in its environment, two pipes beside the usual streams, and the errors of this process.
 * @param leftover whether it gets only what other processes leave of the processors
 * @param command the program and its arguments
 */
export function spawnAt(leftover: boolean, command: readonly string[]): ChildProcess {
  const idle = leftover && process.platform === 'linux' && existsSync(chrt);
  const [file = '', ...args] = idle ? [chrt, '--idle', '0', ...command] : command;
  const child = spawn(file, args, {
    env: {},
    stdio: ['ignore', 'ignore', 'inherit', 'pipe', 'pipe'],
  });
  // Before the process has made its threads, which each have a priority of their own.
  if (leftover && child.pid) setPriority(child.pid, constants.priority.PRIORITY_LOW);
  return child;
}
