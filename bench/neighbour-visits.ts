/**
 * Whoever asks for the pages of another store in `neighbour.ts`, in a process of its own as it would be on computers of
 * its own. So many connections ask for pages that no cache has, each again as soon as it is answered, or together at a
 * pace.
 *
 * Told `begin`, with the pace if there is one, and `end` by its parent; answers `end`, when nothing is under way any
 * more, with how often each status came (0 is a broken connection).
 */
import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Target, askRaw } from './page-load';

/** What the process is told, as JSON in its first argument. */
export interface VisitOrder {
  target: Target;
  /** Paths to ask for by turns. */
  paths: readonly string[];
  connections: number;
}

/** What the process is told while it runs: to begin, at so many pages a second or as fast as it is answered, or to end. */
export type VisitWord = { begin: number | null } | 'end';

const { target, paths, connections } = JSON.parse(process.argv[2] ?? '{}') as VisitOrder;
const answers: Record<number, number> = {};
const state = { on: false, asked: 0 };
let running: Promise<unknown> = Promise.resolve();

async function connection(agent: Agent, gapMs: number): Promise<void> {
  let due = performance.now() + Math.random() * gapMs;
  while (state.on) {
    await sleep(Math.max(0, due - performance.now()));
    due += gapMs;
    state.asked += 1;
    const { asked } = state;
    const path = `${paths[asked % paths.length] ?? '/'}?page=${asked}&variant=${asked}`;
    const { status } = await askRaw(agent, target, path).catch(() => ({ status: 0 }));
    answers[status] = (answers[status] ?? 0) + 1;
  }
}

function begin(pagesASecond: number | null): void {
  state.on = true;
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const gapMs = pagesASecond === null ? 0 : (connections * 1_000) / pagesASecond;
  const all = Array.from({ length: connections }, () => connection(agent, gapMs));
  running = Promise.all(all).then(() => agent.destroy());
}

process.on('message', (word: VisitWord) => {
  if (word !== 'end') return begin(word.begin);
  state.on = false;
  void running.then(() => process.send?.(answers));
});
process.on('disconnect', () => process.exit(0));
