import { appendFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Fleet } from './fleet';
import { randomFrom } from './random';
import { SaleDay, type SaleSize } from './sale-day';

/** How hard a round is. */
export interface RoundSize extends SaleSize {
  /** Kills while the sale goes on; afterwards the crowd is left in peace, or nobody would ever get through. */
  kills: number;
  /** At most so long between two kills, milliseconds. */
  calmMs: number;
}

/** What became of a round. */
export interface Round {
  seed: number;
  /** Renderers, and as many workers. */
  processes: number;
  /** Who was killed, in order. */
  kills: string[];
  /** Ends of visits, requests sent again, seconds of each part. */
  summary: string;
  /** Everything that was wrong, in words; none when all is well. */
  faults: string[];
}

/** Of each kind one is killed in every round, in an order of chance, before chance alone chooses. */
const kinds = ['api', 'renderer', 'worker', 'postgres'];

/**
 * One sale with kills at moments of chance, and everything counted afterwards. Whatever goes wrong is a fault of the
 * round, told by name.
 */
export async function playRound(
  { fleet, processes }: { fleet: Fleet; processes: number },
  size: RoundSize,
  seed: number,
): Promise<Round> {
  const watch = new Watch();
  const kills: string[] = [];
  const round: Round = { seed, processes, kills, summary: '', faults: [] };
  try {
    const day = await SaleDay.open(fleet, size, seed);
    watch.lap('open');
    const logBefore = fleet.postgresLog().length;
    const sale = { isOver: false };
    const visits = day.sell().finally(() => {
      sale.isOver = true;
    });
    const killing = killSome({ fleet, size, random: randomFrom(seed), kills, sale });
    const [ended] = await Promise.all([visits, killing]);
    watch.lap('sale');
    await day.drain();
    watch.lap('drain');
    round.faults = await day.findFaults(ended);
    if (fleet.postgresLog().slice(logBefore).includes('deadlock detected'))
      round.faults.push('PostgreSQL has seen a deadlock.');
    watch.lap('check');
    round.summary = `${day.summary(ended)}; ${watch.told()}`;
  } catch (error) {
    round.faults.push((error as Error).message);
    round.summary = watch.told();
  }
  return round;
}

/**
 * Writes what became of a round to standard error, and a line of JSON to the file `CARAVEL_SOAK_LOG` if that is set; of
 * a round that failed, all logs are kept in a folder of their own.
 */
export async function report(fleet: Fleet, round: Round): Promise<void> {
  const { seed, processes, kills, summary, faults } = round;
  const passed = faults.length === 0;
  const logs = passed ? null : await mkdtemp(join(tmpdir(), `caravel-sale-${seed}-`));
  if (logs !== null) await fleet.saveLogs(logs);
  process.stderr.write(
    `seed ${seed}, ${processes} renderers and workers: killed ${kills.join(' ')}; ${summary}\n`,
  );
  for (const fault of faults) process.stderr.write(`  fault: ${fault}\n`);
  if (logs !== null)
    process.stderr.write(
      `  logs: ${logs}\n  again: CARAVEL_SOAK_SEED=${seed} CARAVEL_SOAK_ROUNDS=1 ` +
        `CARAVEL_SOAK_PROCESSES=${processes} npm run soak:commerce\n`,
    );
  const file = process.env['CARAVEL_SOAK_LOG'];
  if (file === undefined) return;
  const line = { at: new Date().toISOString(), passed, ...round, logs };
  await appendFile(file, `${JSON.stringify(line)}\n`);
}

async function killSome({
  fleet,
  size,
  random,
  kills,
  sale,
}: {
  fleet: Fleet;
  size: RoundSize;
  random: () => number;
  kills: string[];
  sale: { isOver: boolean };
}): Promise<void> {
  const one = (names: readonly string[]) => names[Math.floor(random() * names.length)];
  const first = kinds
    .map((kind) => ({ kind, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ kind }) => kind);
  const restarts: Promise<void>[] = [];
  while (first.length > 0 || (kills.length < size.kills && !sale.isOver)) {
    await pause(100 + random() * size.calmMs);
    const [kind = ''] = first;
    const victim = one(fleet.alive.filter((name) => name.startsWith(kind)));
    // Everything of that kind is being started again.
    if (victim === undefined) continue;
    first.shift();
    kills.push(victim);
    const restart = fleet.crash(victim);
    restart.catch(() => null);
    restarts.push(restart);
  }
  await Promise.all(restarts);
}

/** How long each part took. */
class Watch {
  private readonly laps: string[] = [];
  private from = performance.now();

  lap(name: string): void {
    const now = performance.now();
    this.laps.push(`${name} ${((now - this.from) / 1_000).toFixed(1)} s`);
    this.from = now;
  }

  told(): string {
    return this.laps.join(', ');
  }
}
