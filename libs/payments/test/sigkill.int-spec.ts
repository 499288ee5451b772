import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { aPayment } from './payments-lab';
import { openProviderLab, type ProviderLab } from './provider-lab';

jest.setTimeout(240_000);

const root = resolve(__dirname, '../../..');
const program = './libs/payments/test/rig/pay-process.ts';
/** Milliseconds after the process began its work; spread over the lives of a few payments. */
const moments = [10, 40, 90, 160, 300];
const each = 3;

let ground: ProviderLab;

beforeAll(async () => {
  ground = await openProviderLab();
});
afterAll(() => ground.close());

/** Runs the process; kills it some time after it said that it is ready, or lets it end by itself. */
function run(ids: string[], killAfterMs: number | null): Promise<string> {
  const register = ['-r', 'reflect-metadata', '-r', './libs/testing/jest/register.cjs'];
  const child = spawn(process.execPath, [...register, program, ground.storeId, ...ids], {
    cwd: root,
    env: { ...ground.lab.env, PATH: '/usr/bin:/bin' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
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

test('a process killed anywhere leaves each payment made, captured and refunded once', async () => {
  await ground.behave({ webhook: { never: true } });
  const ids: string[] = [];
  for (const moment of moments) {
    const some: string[] = [];
    for (let n = 0; n < each; n += 1) {
      some.push(await aPayment(ground.lab, ground.storeId, ground.accountId));
    }
    ids.push(...some);
    expect(await run(some, moment)).toMatch(/^(SIGKILL|0)$/);
  }
  // What the killed ones held is taken up by whoever comes next.
  await ground.makeDue();
  await ground.tick();
  await ground.lab.drain();
  expect(await run(ids, null)).toBe('0');
  for (const paymentId of ids) {
    expect(await ground.view(paymentId)).toMatchObject({ capturedMinor: 1000, refundedMinor: 300 });
    const books = ground.provider.books.list().filter((book) => book.paymentId === paymentId);
    const kinds = books.flatMap(({ objects }) => objects.map(({ kind }) => kind)).sort();
    expect([books.length, kinds]).toEqual([1, ['auth', 'capture', 'refund']]);
  }
});
