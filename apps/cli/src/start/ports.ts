import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Env } from '@platform/config';
import { CliError } from '../cli-error';

/** Where the processes listen. */
export interface Ports {
  api: number;
  shop: number;
  tls: number;
  worker: number;
  /** Health and metrics of the renderer. */
  renderer: number;
  testPayments: number;
}

/** The setting that chooses each port. */
export const portSettings = {
  api: 'CARAVEL_API_PORT',
  shop: 'CARAVEL_SHOP_PORT',
  tls: 'CARAVEL_TLS_PORT',
  worker: 'CARAVEL_WORKER_PORT',
  renderer: 'CARAVEL_RENDERER_PORT',
  testPayments: 'CARAVEL_TEST_PAYMENTS_PORT',
} as const satisfies Record<keyof Ports, keyof Env>;

/**
 * Makes sure that every port is free before anything is started; 0 picks a free one.
 * @param patience how long to wait for a port, in milliseconds: processes of a killed start need a moment to go
 * @param movable ports that nobody chose and nobody has to know: where one is taken, another serves
 * @throws CliError in one sentence that names the port and its setting
 */
export async function choosePorts(
  env: Env,
  patience: number,
  movable: readonly (keyof Ports)[] = [],
): Promise<Ports> {
  const ports: Partial<Ports> = {};
  for (const name of Object.keys(portSettings) as (keyof Ports)[]) {
    const wanted = env[portSettings[name]];
    const taken =
      movable.includes(name) && typeof (await tryPort(wanted, env.CARAVEL_BIND)) !== 'number';
    const chosen = taken ? { ...env, [portSettings[name]]: 0 } : env;
    do ports[name] = await choosePort(chosen, name, patience);
    while (chosen[portSettings[name]] === 0 && findTwin(ports, name) !== undefined);
  }
  const chosen = ports as Ports;
  assertDistinct(chosen);
  return chosen;
}

async function choosePort(env: Env, name: keyof Ports, patience: number): Promise<number> {
  const setting = portSettings[name];
  const wanted = env[setting];
  const deadline = Date.now() + patience;
  for (;;) {
    const outcome = await tryPort(wanted, env.CARAVEL_BIND);
    if (typeof outcome === 'number') return outcome;
    if (outcome === 'EACCES') {
      throw new CliError(
        `This user may not listen on port ${wanted}: choose one above 1023 with ${setting}.`,
      );
    }
    if (outcome !== 'EADDRINUSE') {
      throw new CliError(
        `Nothing can listen on ${env.CARAVEL_BIND}:${wanted} (${outcome}): check CARAVEL_BIND and ${setting}.`,
      );
    }
    if (Date.now() >= deadline) {
      throw new CliError(
        `Port ${wanted} is in use by another program: stop it, or choose another port with ${setting}.`,
      );
    }
    await wait(100);
  }
}

/** The port, or the code of the system's error. */
function tryPort(port: number, host: string): Promise<number | string> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', ({ code }: NodeJS.ErrnoException) => done(code ?? 'unknown'));
    probe.listen({ port, host, exclusive: true }, () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address ? address.port : port));
    });
  });
}

function assertDistinct(ports: Ports): void {
  for (const name of Object.keys(ports) as (keyof Ports)[]) {
    const twin = findTwin(ports, name);
    if (twin !== undefined) {
      throw new CliError(
        `${portSettings[twin]} and ${portSettings[name]} are both ${ports[name]}: choose different ports.`,
      );
    }
  }
}

/** Another name, chosen earlier, that has the same port. */
function findTwin(ports: Partial<Ports>, name: keyof Ports): keyof Ports | undefined {
  const names = Object.keys(ports) as (keyof Ports)[];
  return names.slice(0, names.indexOf(name)).find((earlier) => ports[earlier] === ports[name]);
}
