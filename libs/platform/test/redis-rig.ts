import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const program = ['/usr/bin/redis-server', '/usr/local/bin/redis-server'].find((path) =>
  existsSync(path),
);

/** Why there is no Redis to test on, or null when there is one. A build machine (`CI=true`) must have it. */
export const redisMissing: string | null =
  program === undefined ? 'redis-server is missing: apt-get install redis-server' : null;

/** A Redis of a suite's own, in memory, on a free port. */
export class RedisRig {
  private constructor(
    private readonly server: ChildProcess,
    private readonly folder: string,
    readonly url: string,
  ) {}

  /** Throws when redis-server is missing or ends at once. */
  static async start(): Promise<RedisRig> {
    if (program === undefined) throw new Error(redisMissing ?? '');
    const folder = await mkdtemp(join(tmpdir(), 'caravel-redis-'));
    const port = await freePort();
    const options = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
    const server = spawn(program, [...options, '--save', '', '--appendonly', 'no']);
    await new Promise<void>((resolve, reject) => {
      server.stdout.on('data', (text) => String(text).includes('Ready to accept') && resolve());
      server.once('exit', (code) => reject(new Error(`redis-server ended with ${code}`)));
    });
    return new RedisRig(server, folder, `redis://127.0.0.1:${port}`);
  }

  async stop(): Promise<void> {
    const ended = once(this.server, 'exit');
    this.server.kill('SIGKILL');
    await ended;
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
