import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The parts of a demo store, in the order in which they are made. */
export type DemoStep =
  | 'products'
  | 'pictures'
  | 'collections'
  | 'pages'
  | 'journal'
  | 'reviews'
  | 'theme'
  | 'menus'
  | 'payments'
  | 'description'
  | 'rates and taxes';

/** What is kept about the demo, readable by its owner only: its password is in it. */
export interface DemoState {
  email: string;
  password: string;
  storeId: string;
  handle: string;
  /** What was made already; made once, and never again, so that what somebody changed stays changed. */
  done: DemoStep[];
}

/** What an earlier start kept; null before the first. */
export function readDemoState(home: string): DemoState | null {
  try {
    return JSON.parse(readFileSync(stateFile(home), 'utf8')) as DemoState;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Keeps it in one step: a crash leaves the old or the new state. */
export function writeDemoState(home: string, state: DemoState): void {
  const unfinished = `${stateFile(home)}.unfinished`;
  writeFileSync(unfinished, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  renameSync(unfinished, stateFile(home));
}

function stateFile(home: string): string {
  return join(home, 'demo.json');
}
