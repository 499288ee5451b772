import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import type { FaultPoint } from '@platform/config';
import { JobLedger } from '@platform/queue';
import type { Lab } from '@testing';
import type { Errand } from './mortal-process';

const root = resolve(__dirname, '../../../..');
const program = './libs/checkout/test/rig/mortal-process.ts';
const register = ['-r', 'reflect-metadata', '-r', './libs/testing/jest/register.cjs'];

/** A fault point, or the nth time that it is passed. */
export type Moment = FaultPoint | `${FaultPoint}#${number}`;

/**
 * Lets a process do an errand in a store, in which it dies at the moment.
 * @param errand to work off what is to be done unless it says otherwise
 * @throws when the process lives, with what it said
 */
export async function killAt(
  lab: Lab,
  storeId: string,
  moment: Moment,
  errand: Errand = { verb: 'drain' },
): Promise<void> {
  const env = { PATH: process.env['PATH'], CARAVEL_FAULT_POINT: moment, NODE_ENV: 'test' };
  const child = spawn(process.execPath, [...register, program, storeId, JSON.stringify(errand)], {
    cwd: root,
    env: { ...lab.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const end = await new Promise((done) => {
    child.once('exit', (code, signal) => done(signal ?? `${code} ${said}`));
  });
  expect([moment, end]).toEqual([moment, 'SIGKILL']);
}

/**
 * What a living worker does with what a dead one has left, without waiting for leases and pauses to pass.
 * @param before what else the clock would do, before the jobs are run
 */
export async function recover(lab: Lab, before?: () => Promise<void>): Promise<void> {
  await lab.db.acrossStores('end the leases of the dead', (tx) =>
    tx.execute(
      `UPDATE jobs SET lease_until = now() - interval '1 second' WHERE state IN ('queued', 'running')`,
    ),
  );
  await new JobLedger(lab.db, 600_000).sweep();
  await lab.db.acrossStores('do again now what was begun', (tx) =>
    tx.execute(`UPDATE jobs SET run_at = now() WHERE state = 'ready' AND attempts > 0`),
  );
  await before?.();
  await lab.drain({ tolerateFailures: true });
}
