import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** One way to make a page: gives its bytes, at once or by promise. */
export interface Subject {
  name: string;
  make: () => Bytes | Promise<Bytes>;
}

/** A page's bytes, whole or in the parts that a socket is given. */
export type Bytes = Buffer | readonly Buffer[];

/** How long a subject runs in each round, in milliseconds of CPU. */
const sliceMs = 50;

/** Milliseconds of CPU of this process. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as (how: { type: 'minor' }) => void;

/**
 * What the one before left to be collected or compiled is no cost of this one: CPU is that of all threads. Whole
 * collections would do more: V8 drops the code of what did not run between several of them.
 */
async function slice({ make }: Subject): Promise<number> {
  gc({ type: 'minor' });
  for (let i = 0; i < 5; i += 1) await make();
  const start = cpuMs();
  let pages = 0;
  let spent = 0;
  while (spent < sliceMs) {
    for (let i = 0; i < 10; i += 1) {
      const made = make();
      if (made instanceof Promise) await made;
    }
    pages += 10;
    spent = cpuMs() - start;
  }
  return spent / pages;
}

function shuffled<T>(list: readonly T[]): T[] {
  return list
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/**
 * CPU milliseconds a page of every subject, for each round: all subjects take turns within a round, in random order, so
 * that what else the machine does falls on all alike. The first two rounds warm up and do not count.
 */
export async function measure(
  subjects: readonly Subject[],
  rounds: number,
): Promise<Map<string, number[]>> {
  const costs = new Map<string, number[]>(subjects.map(({ name }) => [name, []]));
  for (let round = -2; round < rounds; round += 1) {
    for (const subject of shuffled(subjects)) {
      const cost = await slice(subject);
      if (round >= 0) costs.get(subject.name)?.push(cost);
    }
  }
  return costs;
}
