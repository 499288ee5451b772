import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { Fleet } from './test/fleet';
import { randomFrom } from './test/random';
import { SaleDay, type SaleSize } from './test/sale-day';

/** `npm run soak:commerce` makes more rounds, with more shoppers, than a test run has time for. */
const rounds = Number(process.env['CARAVEL_SOAK_ROUNDS'] ?? 1);
const firstSeed = Number(process.env['CARAVEL_SOAK_SEED'] ?? 20261121);
const isSoak = process.env['CARAVEL_SOAK_ROUNDS'] !== undefined;
const size: SaleSize = isSoak
  ? { shoppers: 200, units: 50, withCode: 40, uses: 20 }
  : { shoppers: 12, units: 4, withCode: 5, uses: 2 };
/** Of renderers and workers; one API. */
const fleets = (process.env['CARAVEL_SOAK_PROCESSES'] ?? (isSoak ? '1,3' : '1'))
  .split(',')
  .map(Number);
const fewestKills = isSoak ? 6 : 3;
/** After so many the crowd is left in peace: on a machine that is slow enough nobody would ever get through. */
const mostKills = isSoak ? 16 : 6;
/** At most so long between two kills, milliseconds. */
const calm = isSoak ? 1_500 : 500;

jest.setTimeout(isSoak ? 900_000 : 300_000);

describe.each(fleets)('a sale on %i renderers and as many workers, killed anywhere', (count) => {
  let fleet: Fleet;

  beforeAll(async () => {
    fleet = await Fleet.open({ renderers: count, workers: count });
  });
  afterAll(() => fleet?.close());

  test.each(Array.from({ length: rounds }, (_, round) => firstSeed + round))(
    'sells what there is and takes what is owed, each once (seed %i)',
    async (seed) => {
      const day = await SaleDay.open(fleet, size, seed);
      const random = randomFrom(seed);
      const sale = { isOver: false };
      const visits = day.sell().finally(() => {
        sale.isOver = true;
      });
      const killed: string[] = [];
      while (killed.length < (sale.isOver ? fewestKills : mostKills)) {
        await pause(100 + random() * calm);
        const victims = [...fleet.names, 'postgres'];
        const victim = victims[Math.floor(random() * victims.length)] ?? 'api';
        killed.push(victim);
        await crash(fleet, victim);
      }
      const ended = await visits;
      await day.drain();
      expect(await day.findFaults(ended)).toEqual([]);
      process.stderr.write(
        `seed ${seed}, ${count} renderers and workers: killed ${killed.join(' ')}; ${day.summary(ended)}\n`,
      );
    },
  );

  test('PostgreSQL has seen no deadlock', async () => {
    const client = new Client({ connectionString: fleet.ownerUrl });
    await client.connect();
    const { rows } = await client.query('SELECT 1 AS up');
    await client.end();
    expect(rows).toEqual([{ up: 1 }]);
    expect(fleet.postgresLog()).toContain('database system is ready');
    expect(fleet.postgresLog()).not.toContain('deadlock detected');
  });
});

async function crash(fleet: Fleet, victim: string): Promise<void> {
  if (victim === 'postgres') return fleet.crashPostgres();
  await fleet.kill(victim);
  await fleet.start(victim);
}
