import { findDatabase, openDeployment } from './deployment';
import { runningStart } from './start/home-lock';

/** How long a process may take to say that it is ready, in milliseconds. */
const patience = 3_000;

/** `caravel status`: what runs, and where; exits with 1 when something does not. */
export async function showStatus(): Promise<void> {
  const deployment = openDeployment();
  const start = runningStart(deployment.home);
  const ports = start?.ports ?? {
    api: deployment.env.CARAVEL_API_PORT,
    renderer: deployment.env.CARAVEL_RENDERER_PORT,
    worker: deployment.env.CARAVEL_WORKER_PORT,
  };
  const rows: [string, string, boolean][] = [
    ['home', deployment.home, true],
    ['start', start === null ? 'not running' : `process ${start.pid}`, start !== null],
    await databaseRow(await findDatabase(deployment)),
    await readyRow('api', ports.api),
    await readyRow('renderer', ports.renderer),
    await readyRow('worker', ports.worker),
  ];
  for (const [name, text] of rows) process.stdout.write(`${name.padEnd(10)}${text}\n`);
  // A deployment of single processes has no start, and is well without it.
  if (rows.some(([name, , well]) => !well && name !== 'start')) process.exitCode = 1;
}

async function databaseRow(url: string | null): Promise<[string, string, boolean]> {
  if (url === null) return ['database', 'not running', false];
  const { host, pathname } = new URL(url);
  return ['database', `${host}${pathname}`, true];
}

async function readyRow(name: string, port: number): Promise<[string, string, boolean]> {
  const address = `http://127.0.0.1:${port}`;
  try {
    const answer = await fetch(`${address}/health/ready`, {
      signal: AbortSignal.timeout(patience),
    });
    await answer.body?.cancel();
    return [name, `${address} ${answer.ok ? 'ready' : 'not ready'}`, answer.ok];
  } catch {
    return [name, `${address} does not answer`, false];
  }
}
