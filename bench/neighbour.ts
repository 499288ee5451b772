/**
 * What a store notices of a hostile neighbour: three stores on one renderer with two render processes. One has a
 * first-party theme and shoppers who come at even times, whether or not those before them are served, for product pages
 * that are in no cache, at a rate that leaves the machine idle most of the time, so that a page waits for another
 * store's and not for one of its own. The second has a theme of sections that use up every budget or nearly do, and is
 * asked for by another process, over so many connections as fast as they are answered. The third is as decent as the
 * first, and asked for as many pages as the second gets: what it costs to share a machine with anybody. Short times of
 * quiet, of company and of attack take turns, so that whatever else the machine does falls on all of them.
 *
 *   node -r ./libs/testing/jest/register.cjs bench/neighbour.ts [rounds=60] [seconds=3] [attackers=8] [pages a second=10]
 */
import { type ChildProcess, fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Deployment } from '../apps/e2e/test/deployment';
import { Merchant, atelierZip } from '../apps/e2e/test/merchant';
import { readProductFile } from '../apps/e2e/test/product-file';
import { aTheme, zipOf } from '../libs/themes/test/theme.builder';
import { onDeployment } from './lab';
import type { VisitOrder, VisitWord } from './neighbour-visits';
import { type Target, askRaw, cpuMs } from './page-load';
import { quantile, ratioOf, seeded } from './statistics';

const rounds = Number(process.argv[2] ?? 60);
const seconds = Number(process.argv[3] ?? 3);
const attackers = Number(process.argv[4] ?? 8);
const pagesASecond = Number(process.argv[5] ?? 10);

/** Let go by between a quiet and an attacked time. */
const betweenMs = 300;

/** Dear at these hosts alone: an upload is tried with another one, and passes. */
const section = (markup: string) =>
  `{{#if (ne @request.host "fixture.example")}}${markup}{{/if}}{{#schema}}{"name":"A section","settings":[]}{{/schema}}`;
const page = (...types: string[]) =>
  JSON.stringify({
    sections: Object.fromEntries(types.map((type) => [type, { type }])),
    order: types,
  });
const loop = (body: string, times = 1_000) =>
  `{{#each (range 1 1000)}}{{#each (range 1 ${times})}}${body}{{/each}}{{/each}}`;

/** Pages by how they hurt: over a budget, just within all of them, and as large as may be. */
const hostile = aTheme({
  'sections/steps.hbs': section(loop('{{@page_meta.title}}')),
  'sections/output.hbs': section(loop('x'.repeat(2_000))),
  'sections/alloc.hbs': section(loop(`{{#if (upper "${'x'.repeat(4_000)}")}}{{/if}}`)),
  'sections/work.hbs': section(loop('{{upper (append @page_meta.title "x")}}', 8)),
  'sections/large.hbs': section(loop('<p>x</p>'.repeat(110), 1)),
  'templates/index.json': page('steps', 'output', 'alloc'),
  'templates/product.json': page('work', 'large'),
});

async function main(): Promise<void> {
  await onDeployment(measure, {
    CARAVEL_RENDER_PROCESSES: '2',
    CARAVEL_THEME_COMPILE_SECONDS: '60',
  });
}

async function measure(deployment: Deployment): Promise<void> {
  const { content, chosen } = readProductFile();
  const [decent, bad] = [await atelierZip(), await zipOf(hostile)];
  for (const [handle, theme] of [
    ['neighbour', decent],
    ['hostile', bad],
    ['company', decent],
  ] as const) {
    const merchant = await Merchant.signUp(deployment.apiUrl, { handle });
    await merchant.importProducts(content);
    await merchant.publishTheme(theme);
  }
  await deployment.kill('worker');
  const port = deployment.ports.shop;
  const product = `/products/${chosen.handle}`;
  const shoppers = new Shoppers({ port, host: 'neighbour.localhost' }, product);
  const visitors = (host: string) =>
    new Visitors({
      target: { port, host },
      paths: ['/', product, product],
      connections: attackers,
    });
  const others = {
    attacked: visitors('hostile.localhost'),
    company: visitors('company.localhost'),
  };
  try {
    await shoppers.visit(1, seconds);
    await warmUp(others);
    print(await takeTurns(deployment, shoppers, others), others);
  } finally {
    for (const each of Object.values(others)) each.kill();
  }
}

const times = ['quiet', 'company', 'attacked'] as const;
type Time = (typeof times)[number];
type Others = Record<Exclude<Time, 'quiet'>, Visitors>;

/** Code is compiled, and what breaks the budgets has been found out, before anything is measured. */
async function warmUp({ attacked, company }: Others): Promise<void> {
  for (const [visitors, pace] of [
    [attacked, null],
    [company, pagesASecond],
  ] as const) {
    visitors.begin(pace);
    await sleep(seconds * 1_000);
    await visitors.end();
  }
}

async function takeTurns(
  deployment: Deployment,
  shoppers: Shoppers,
  others: Others,
): Promise<Measured> {
  const measured: Measured = {
    pages: { quiet: [], company: [], attacked: [] },
    cpu: { quiet: 0, company: 0, attacked: 0 },
  };
  for (let round = 0; round < rounds; round += 1) {
    // Whoever comes first has it no better than the others.
    for (let turn = 0; turn < times.length; turn += 1) {
      const time = times[(round + turn) % times.length] as Time;
      const other = time === 'quiet' ? null : others[time];
      other?.begin(time === 'company' ? others.attacked.pace : null);
      await sleep(betweenMs);
      const before = cpuMs(deployment.pid('renderer'));
      measured.pages[time].push(await shoppers.visit(round, seconds));
      measured.cpu[time] += cpuMs(deployment.pid('renderer')) - before;
      await other?.end();
      await sleep(betweenMs);
    }
  }
  return measured;
}

interface Measured {
  /** Milliseconds of each page, by round. */
  pages: Record<Time, number[][]>;
  /** Of the renderer and its render processes, in milliseconds. */
  cpu: Record<Time, number>;
}

class Shoppers {
  private variant = 0;
  private readonly agent = new Agent({ keepAlive: true });

  constructor(
    private readonly target: Target,
    private readonly path: string,
  ) {}

  /**
   * @param seed of the first arrival
   * @returns what each page took, in milliseconds @throws Error when one is not answered well
   */
  async visit(seed: number, forSeconds: number): Promise<number[]> {
    const start = performance.now();
    const gap = 1_000 / pagesASecond;
    const pages: Promise<number>[] = [];
    for (let at = seeded(seed)() * gap; at < forSeconds * 1_000; at += gap) {
      await sleep(Math.max(0, start + at - performance.now()));
      pages.push(this.page());
    }
    return Promise.all(pages);
  }

  private async page(): Promise<number> {
    this.variant += 1;
    const start = performance.now();
    const { status } = await askRaw(
      this.agent,
      this.target,
      `${this.path}?variant=${this.variant}`,
    );
    if (status !== 200) throw new Error(`The neighbour was answered ${status}.`);
    return performance.now() - start;
  }
}

/** Whoever asks for another store's pages, in another process. */
class Visitors {
  answers: Record<number, number> = {};
  private readonly child: ChildProcess;
  private begunAt = 0;
  private ms = 0;

  constructor(order: VisitOrder) {
    this.child = fork(join(__dirname, 'neighbour-visits.ts'), [JSON.stringify(order)]);
    // What it takes of this machine's processors it would have on its own: it gets what is left (chrt(1), where it is).
    const idle = ['--all-tasks', '--idle', '--pid', '0', String(this.child.pid)];
    spawnSync('chrt', idle, { stdio: 'ignore' });
  }

  /** Pages a second that were answered so far. */
  get pace(): number {
    const all = Object.values(this.answers).reduce((sum, count) => sum + count, 0);
    return (all * 1_000) / this.ms;
  }

  /** @param pagesASecond null as fast as they are answered */
  begin(pagesASecond: number | null): void {
    this.begunAt = performance.now();
    this.tell({ begin: pagesASecond });
  }

  /** Resolves when nothing of it is under way any more. */
  async end(): Promise<void> {
    this.tell('end');
    [this.answers] = (await once(this.child, 'message')) as [Record<number, number>];
    this.ms += performance.now() - this.begunAt;
  }

  kill(): void {
    this.child.kill();
  }

  private tell(word: VisitWord): void {
    this.child.send(word);
  }
}

function print({ pages, cpu }: Measured, { attacked, company }: Others): void {
  const line = (q: number, [ours, reference]: readonly [Time, Time]) => {
    const [hit, calm] = [quantile(pages[ours].flat(), q), quantile(pages[reference].flat(), q)];
    const { ratio, low, high } = ratioOf(pages[ours], pages[reference], q);
    return (
      `p${q * 100} ${ours} ${hit.toFixed(1)} ms, ${reference} ${calm.toFixed(1)} ms, ` +
      `ratio ${ratio.toFixed(3)} (95 % between ${low.toFixed(3)} and ${high.toFixed(3)})\n`
    );
  };
  const counted = Object.entries(attacked.answers).map(
    ([status, count]) => `${count} times ${status}`,
  );
  const used = times.map(
    (time) => `${(cpu[time] / rounds / seconds).toFixed(0)} ms a second ${time}`,
  );
  const compared = [0.5, 0.99].flatMap((q) =>
    (
      [
        ['attacked', 'quiet'],
        ['company', 'quiet'],
        ['attacked', 'company'],
      ] as const
    ).map((pair) => line(q, pair)),
  );
  process.stdout.write(
    `${pages.quiet.flat().length} pages of the neighbour in each time, ${pagesASecond} a second; the attack was ` +
      `answered ${counted.join(', ')}: ${attacked.pace.toFixed(1)} a second, the company ${company.pace.toFixed(1)}\n` +
      `CPU of the renderer ${used.join(', ')}\n` +
      compared.join(''),
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error instanceof Error ? error.stack : error)}\n`);
  process.exitCode = 1;
});
