import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { readEnv } from '@platform/config';
import { choosePorts } from './ports';

const free = {
  CARAVEL_API_PORT: '0',
  CARAVEL_SHOP_PORT: '0',
  CARAVEL_TLS_PORT: '0',
  CARAVEL_WORKER_PORT: '0',
  CARAVEL_RENDERER_PORT: '0',
  CARAVEL_TEST_PAYMENTS_PORT: '0',
};

describe('the ports of a start', () => {
  let stranger: Server;
  let taken: number;
  beforeEach(async () => {
    stranger = createServer().listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    taken = (stranger.address() as { port: number }).port;
  });
  afterEach(() => {
    stranger.close();
  });

  test('0 picks a free one, each another', async () => {
    const ports = await choosePorts(readEnv(free), 0);
    expect(new Set(Object.values(ports)).size).toBe(6);
    expect(Object.values(ports)).not.toContain(0);
  });

  test.each(Object.keys(free))('names the port and %s when it is in use', async (setting) => {
    const env = readEnv({ ...free, [setting]: String(taken) });
    await expect(choosePorts(env, 0)).rejects.toThrow(
      `Port ${taken} is in use by another program: stop it, or choose another port with ${setting}.`,
    );
  });

  test('moves a port that nobody chose out of the way', async () => {
    const env = readEnv({ ...free, CARAVEL_WORKER_PORT: String(taken) });
    const ports = await choosePorts(env, 0, ['worker']);
    expect([taken, 0]).not.toContain(ports.worker);
  });

  test('waits for a port that is just being left', async () => {
    const env = readEnv({ ...free, CARAVEL_TLS_PORT: String(taken) });
    const choosing = choosePorts(env, 20_000);
    setImmediate(() => stranger.close());
    expect((await choosing).tls).toBe(taken);
  });

  test('refuses one port for two', async () => {
    stranger.close();
    await once(stranger, 'close');
    const twice = { CARAVEL_API_PORT: String(taken), CARAVEL_SHOP_PORT: String(taken) };
    await expect(choosePorts(readEnv({ ...free, ...twice }), 0)).rejects.toThrow(
      `CARAVEL_API_PORT and CARAVEL_SHOP_PORT are both ${taken}: choose different ports.`,
    );
  });
});
