import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { Client } from 'pg';
import { aMachine, obey, openTown, type Town } from './rig/machine-lab';
import { describeWithPebble } from './rig/pebble-rig';

jest.setTimeout(120_000);

const root = resolve(__dirname, '../../..');
/** Milliseconds after the process began its work; spread over the length of an order. */
const MOMENTS = [5, 25, 45, 70, 100, 140, 400, 1100];

describeWithPebble('a worker process killed with SIGKILL', () => {
  let town: Town;

  beforeAll(async () => {
    town = await openTown({ authority: true });
  });
  afterAll(() => town.close());

  /** Runs the process; kills it some time after it said that it is ready, or lets it end by itself. */
  async function run(storeId: string, ids: string[], killAfterMs: number | null): Promise<string> {
    const child = spawn(
      process.execPath,
      [
        '-r',
        'reflect-metadata',
        '-r',
        './libs/testing/jest/register.cjs',
        './libs/domains/test/rig/advance-process.ts',
        storeId,
        ...ids,
      ],
      {
        cwd: root,
        env: { ...town.lab.env, PATH: '/usr/bin:/bin' },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => {
      complaint += chunk.toString();
    });
    if (killAfterMs !== null) {
      child.stdout.once('data', () => {
        setTimeout(() => child.kill('SIGKILL'), killAfterMs).unref();
      });
    }
    return new Promise((done) => {
      child.once('exit', (code, signal) => done(signal ?? `${code} ${complaint}`.trim()));
    });
  }

  it('leaves nothing lost and nothing doubled', async () => {
    const storeId = await town.lab.aStore();
    const one = aMachine(town.lab);
    one.authority.onModuleDestroy();
    const ids: string[] = [];
    for (const moment of MOMENTS) {
      const host = `m${moment}.example.test`;
      const view = await town.lab.db.write(storeId, (s) => one.hostnames.connectHostname(s, host));
      obey(town.dns, view);
      ids.push(view.id);
      expect(await run(storeId, [view.id], moment)).toMatch(/^(SIGKILL|0)$/);
    }
    expect(await run(storeId, ids, null)).toBe('0');

    const owner = new Client({ connectionString: town.lab.ownerUrl });
    await owner.connect();
    const { rows } = await owner.query(
      `SELECT h.state, count(c.id)::int AS certificates,
              (SELECT count(*)::int FROM outbox_events WHERE name = 'domains.certificate-stored'
                AND payload->>'hostnameId' = h.id::text) AS events
       FROM hostnames h LEFT JOIN certificates c ON c.hostname_id = h.id GROUP BY h.id, h.state`,
    );
    await owner.end();
    expect(rows).toEqual(ids.map(() => ({ state: 'active', certificates: 1, events: 1 })));
  });
});
