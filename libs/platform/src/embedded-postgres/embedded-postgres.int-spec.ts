import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { type EmbeddedPostgres, findEmbeddedPostgres, startEmbeddedPostgres } from './index';

const root = resolve(__dirname, '../../../..');
const flags = { fsync: 'off' };

describe('the embedded PostgreSQL', () => {
  let home: string;
  let server: EmbeddedPostgres | null = null;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'caravel-embedded-'));
    server = await startEmbeddedPostgres({ home, flags });
  });
  afterAll(async () => {
    await server?.destroy();
    await rm(home, { recursive: true, force: true });
  });

  test('answers, in UTF-8 with the built-in locale, to its owner', async () => {
    const rows = await ask(
      server!.url,
      `SELECT datname, datlocprovider::text AS provider, datlocale, pg_encoding_to_char(encoding) AS encoding
       FROM pg_database WHERE datname = current_database()`,
    );
    expect(rows).toEqual([
      { datname: 'caravel', provider: 'b', datlocale: 'C.UTF-8', encoding: 'UTF8' },
    ]);
    expect(server!.adopted).toBe(false);
  });

  test('brings the extensions that a shop needs', async () => {
    const rows = await ask(
      server!.url,
      `SELECT name FROM pg_available_extensions
       WHERE name IN ('pg_trgm', 'unaccent', 'btree_gin', 'pg_stat_statements') ORDER BY 1`,
    );
    expect(rows.map(({ name }) => name)).toEqual([
      'btree_gin',
      'pg_stat_statements',
      'pg_trgm',
      'unaccent',
    ]);
  });

  test('lets nobody in without the password, and keeps it from other users', async () => {
    const url = new URL(server!.url);
    url.password = 'guessed';
    await expect(ask(url.toString(), 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    const file = join(home, 'postgres/server.json');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test('keeps data and port over a stop, and is found while it runs', async () => {
    await ask(server!.url, 'CREATE TABLE kept AS SELECT 7 AS number');
    expect(await findEmbeddedPostgres({ home })).toBe(server!.url);
    await server!.stop();
    expect(await findEmbeddedPostgres({ home })).toBeNull();
    const again = await startEmbeddedPostgres({ home, flags });
    expect(again).toMatchObject({ url: server!.url, adopted: false });
    expect(await ask(again.url, 'SELECT number FROM kept')).toEqual([{ number: 7 }]);
    server = again;
  });

  test('survives the death of the process that started it, and is adopted', async () => {
    await server!.stop();
    const starter = startInChild(home);
    const [line] = (await once(starter.stdout, 'data')) as [Buffer];
    starter.kill('SIGKILL');
    await once(starter, 'exit');
    const adopted = await startEmbeddedPostgres({ home, flags });
    expect(adopted).toMatchObject({ adopted: true, url: line.toString().trim() });
    expect(await ask(adopted.url, 'SELECT number FROM kept')).toEqual([{ number: 7 }]);
    server = adopted;
  });

  test('starts although its lock file names a process that is another program now', async () => {
    const lock = join(server!.dataFolder, 'postmaster.pid');
    const content = await readFile(lock, 'utf8');
    await server!.stop();
    await writeFile(lock, content.replace(/^\d+/, String(process.pid)));
    server = await startEmbeddedPostgres({ home, flags });
    expect(server.adopted).toBe(false);
  });

  test('picks another port when a stranger sits on the remembered one', async () => {
    const port = Number(new URL(server!.url).port);
    await server!.stop();
    const stranger = createServer().listen(port, '127.0.0.1');
    await once(stranger, 'listening');
    try {
      server = await startEmbeddedPostgres({ home, flags });
      expect(Number(new URL(server.url).port)).not.toBe(port);
    } finally {
      stranger.close();
    }
  });

  test('says in one sentence that a wanted port is in use', async () => {
    await server!.stop();
    const stranger = createServer().listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const { port } = stranger.address() as { port: number };
    try {
      await expect(startEmbeddedPostgres({ home, flags, port })).rejects.toMatchObject({
        code: 'port-in-use',
        message: `Port ${port}, on which PostgreSQL was to listen, is in use by another program.`,
      });
    } finally {
      stranger.close();
    }
  });

  test('says in one sentence that the data is of another version, and leaves it alone', async () => {
    await server!.stop();
    const file = join(server!.dataFolder, 'PG_VERSION');
    await writeFile(file, '15\n');
    await expect(startEmbeddedPostgres({ home, flags })).rejects.toMatchObject({
      code: 'other-version',
      message: expect.stringMatching(
        /^The data in \S+ is of PostgreSQL 15 and this Caravel brings PostgreSQL 18: .*\.$/,
      ),
    });
    await writeFile(file, '18\n');
    server = await startEmbeddedPostgres({ home, flags });
    expect(await ask(server.url, 'SELECT number FROM kept')).toEqual([{ number: 7 }]);
  });
});

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** A process that starts the server, says its address and then waits to be killed. */
function startInChild(home: string) {
  const script = `
    require(${JSON.stringify(join(root, 'libs/testing/jest/register.cjs'))});
    require('@platform/embedded-postgres')
      .startEmbeddedPostgres({ home: ${JSON.stringify(home)}, flags: { fsync: 'off' } })
      .then(({ url }) => { console.log(url); setInterval(() => {}, 1000); });`;
  return spawn(process.execPath, ['-e', script], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}
