/**
 * The hostile side of `neighbour.ts`, in a process of its own as it would be on computers of its own. So many
 * connections ask for pages that no cache has, each again as soon as it is answered.
 *
 * Told `begin` and `end` by its parent; answers `end`, when nothing is under way any more, with how often each status
 * came (0 is a broken connection).
 */
import { Agent } from 'node:http';
import { type Target, askRaw } from './page-load';

/** What the process is told, as JSON in its first argument. */
export interface AttackOrder {
  target: Target;
  /** Paths to ask for by turns. */
  paths: readonly string[];
  connections: number;
}

const { target, paths, connections } = JSON.parse(process.argv[2] ?? '{}') as AttackOrder;
const answers: Record<number, number> = {};
const state = { on: false, asked: 0 };
let running: Promise<unknown> = Promise.resolve();

async function connection(agent: Agent): Promise<void> {
  while (state.on) {
    state.asked += 1;
    const { asked } = state;
    const path = `${paths[asked % paths.length] ?? '/'}?page=${asked}&variant=${asked}`;
    const { status } = await askRaw(agent, target, path).catch(() => ({ status: 0 }));
    answers[status] = (answers[status] ?? 0) + 1;
  }
}

function begin(): void {
  state.on = true;
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const all = Array.from({ length: connections }, () => connection(agent));
  running = Promise.all(all).then(() => agent.destroy());
}

process.on('message', (word) => {
  if (word === 'begin') begin();
  if (word !== 'end') return;
  state.on = false;
  void running.then(() => process.send?.(answers));
});
process.on('disconnect', () => process.exit(0));
