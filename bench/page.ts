/**
 * A product page against a bare `node:http` that answers the same bytes, on the same machine in the same run, by turns:
 * made anew for every request, from the cache, and asked whether it has changed.
 *
 *   node -r ./libs/testing/jest/register.cjs bench/page.ts [rounds=5]
 *
 * The platform runs in its own processes as an operator runs it, with one render process. Every address has a `variant`
 * that was never asked for, so that no page is in the cache; the page is the same, which is checked before it counts.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { Deployment } from '../apps/e2e/test/deployment';
import { Merchant, atelierZip } from '../apps/e2e/test/merchant';
import { readProductFile } from '../apps/e2e/test/product-file';
import { onDeployment } from './lab';
import { type Load, type RawAnswer, type Target, askRaw, cpuMs, load, median } from './page-load';

const rounds = Number(process.argv[2] ?? 5);
const connections = 16;
const loads = { uncached: 400, cached: 4_000 };

/** Pages a second of ours and of the reference, and our CPU a page, of each round. */
interface Measured {
  ours: number[];
  bare: number[];
  cpu: number[];
}

interface Subject {
  name: string;
  target: Target;
  path: (n: number) => string;
  requests: number;
  expected: { status: number; bytes: number };
}

async function main(): Promise<void> {
  await onDeployment(async (deployment) => compare(deployment, await openShop(deployment)));
}

/** A real shop's product, in the first-party theme. @returns its path */
async function openShop(deployment: Deployment): Promise<string> {
  const merchant = await Merchant.signUp(deployment.apiUrl, { handle: 'bench' });
  const { content, chosen } = readProductFile();
  await merchant.importProducts(content);
  await merchant.publishTheme(await atelierZip());
  // Its pictures would be fetched, in vain, while pages are measured.
  await deployment.kill('worker');
  return `/products/${chosen.handle}`;
}

async function compare(deployment: Deployment, path: string): Promise<void> {
  const ours: Target = { port: deployment.ports.shop, host: 'bench.localhost' };
  const agent = new Agent();
  const page = await askRaw(agent, ours, path);
  const other = await askRaw(agent, ours, `${path}?variant=1`);
  if (page.status !== 200 || !page.body.equals(other.body)) throw new Error('The pages differ.');
  const bare = await startReference(page);
  const ok = { status: 200, bytes: page.body.length };
  const fresh = { ...ours, headers: { 'if-none-match': String(page.headers.etag) } };
  let variant = 1;
  const subjects: Subject[] = [
    {
      name: 'uncached',
      target: ours,
      path: () => `${path}?variant=${(variant += 1)}`,
      requests: loads.uncached,
      expected: ok,
    },
    { name: 'cached', target: ours, path: () => path, requests: loads.cached, expected: ok },
    {
      name: 'not modified',
      target: fresh,
      path: () => path,
      requests: loads.cached,
      expected: { status: 304, bytes: 0 },
    },
  ];
  process.stdout.write(`product page: ${page.body.length} bytes in brotli\n`);
  try {
    for (const subject of subjects) {
      print(subject.name, await measure(deployment, subject, bare.target, ok));
    }
  } finally {
    bare.child.disconnect();
  }
}

/** The reference in a process of its own. */
async function startReference(page: RawAnswer): Promise<{ child: ChildProcess; target: Target }> {
  const child = fork(join(__dirname, 'page-reference.ts'));
  const {
    'transfer-encoding': _chunked,
    connection: _c,
    'keep-alive': _k,
    date: _d,
    ...headers
  } = page.headers;
  child.send({ headers, body: page.body.toString('base64') });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return { child, target: { port, host: 'localhost' } };
}

async function measure(
  deployment: Deployment,
  { target, path, requests, expected }: Subject,
  bare: Target,
  whole: { status: number; bytes: number },
): Promise<Measured> {
  const ask: Load = { requests, connections };
  const measured: Measured = { ours: [], bare: [], cpu: [] };
  for (let round = 0; round <= rounds; round += 1) {
    const before = cpuMs(deployment.pid('renderer'));
    const ours = await load(target, path, ask, expected);
    const cpu = (cpuMs(deployment.pid('renderer')) - before) / requests;
    const reference = await load(bare, () => '/', { requests: loads.cached, connections }, whole);
    // The first round warms both up.
    if (round === 0) continue;
    measured.ours.push(ours);
    measured.bare.push(reference);
    measured.cpu.push(cpu);
  }
  return measured;
}

function print(name: string, { ours, bare, cpu }: Measured): void {
  const ratios = ours.map((speed, round) => speed / (bare[round] ?? NaN));
  process.stdout.write(
    `${name}: ${Math.round(median(ours))} pages/s, bare node:http ${Math.round(median(bare))}, ` +
      `ratio ${median(ratios).toFixed(3)}, CPU ${median(cpu).toFixed(3)} ms a page\n`,
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error instanceof Error ? error.stack : error)}\n`);
  process.exitCode = 1;
});
