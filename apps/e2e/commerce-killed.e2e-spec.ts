import { Fleet } from './test/fleet';
import { playRound, report, type RoundSize } from './test/killed-sale';

/** `npm run soak:commerce` makes more rounds, with more shoppers, than a test run has time for. */
const rounds = Number(process.env['CARAVEL_SOAK_ROUNDS'] ?? 1);
const firstSeed = Number(process.env['CARAVEL_SOAK_SEED'] ?? 20261121);
const isSoak = process.env['CARAVEL_SOAK_ROUNDS'] !== undefined;
const size: RoundSize = isSoak
  ? { shoppers: 200, units: 50, withCode: 40, uses: 20, kills: 6, calmMs: 1_500 }
  : { shoppers: 12, units: 4, withCode: 5, uses: 2, kills: 5, calmMs: 500 };
/** Of renderers and workers; one API. */
const fleets = (process.env['CARAVEL_SOAK_PROCESSES'] ?? (isSoak ? '1,3' : '1'))
  .split(',')
  .map(Number);

// A round that hangs ends by the patience of those who wait in it; this is only for what waits for nobody.
jest.setTimeout(isSoak ? 1_800_000 : 600_000);

describe.each(fleets)('a sale on %i renderers and as many workers, killed anywhere', (count) => {
  let fleet: Fleet;

  beforeAll(async () => {
    fleet = await Fleet.open({ renderers: count, workers: count });
  });
  afterAll(() => fleet?.close());

  test.each(Array.from({ length: rounds }, (_, round) => firstSeed + round))(
    'sells what there is and takes what is owed, each once (seed %i)',
    async (seed) => {
      const round = await playRound({ fleet, processes: count }, size, seed);
      await report(fleet, round);
      expect(round.faults).toEqual([]);
    },
  );

  test('PostgreSQL has logged what it does', () => {
    // That no round saw a deadlock in it means something only when it was written.
    expect(fleet.postgresLog()).toContain('database system is ready');
  });
});
