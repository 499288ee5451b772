import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';

/** Whether redis-server is installed. With CI=true its absence is a failure, said in one sentence. */
export function hasRedis(): boolean {
  if (spawnSync('redis-server', ['--version']).error === undefined) return true;
  const sentence = 'redis-server is missing: install it with `apt-get install redis-server`.';
  // oxlint-disable-next-line node/no-process-env -- whether a missing program may be skipped is CI's word, no setting.
  if (process.env['CI'] === 'true') throw new Error(sentence);
  process.stderr.write(`Skipping the suite on Redis: ${sentence}\n`);
  return false;
}

/** A Redis of the suite's own that keeps nothing on disk. */
export interface RedisServer {
  url: string;
  stop(): Promise<void>;
}

/** Starts one on a free port; resolves when it takes connections. */
export async function startRedis(): Promise<RedisServer> {
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const server = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.stdout.on('data', (text: Buffer) => {
      if (text.includes('Ready to accept connections')) resolve();
    });
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      server.kill('SIGKILL');
      await exited;
    },
  };
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}
