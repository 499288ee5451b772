/**
 * What a store notices of a hostile neighbour: two stores on one renderer with two render processes. One has a
 * first-party theme and shoppers who come, as people do, whether or not those before them are served, for product pages
 * that are in no cache, at a rate that leaves the machine idle most of the time. The other has a theme of sections that
 * use up every budget or nearly do, and is asked for by another process, over so many connections as fast as they are
 * answered. Short quiet and attacked times alternate, with the same arrivals in both, so that whatever else the machine
 * does falls on both.
 *
 *   node -r ./libs/testing/jest/register.cjs bench/neighbour.ts [rounds=30] [seconds=2] [attackers=8] [pages a second=25]
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
import type { AttackOrder } from './neighbour-attack';
import { type Target, askRaw, cpuMs } from './page-load';
import { arrivals, quantile, ratioOf, seeded } from './statistics';

const rounds = Number(process.argv[2] ?? 30);
const seconds = Number(process.argv[3] ?? 2);
const attackers = Number(process.argv[4] ?? 8);
const pagesASecond = Number(process.argv[5] ?? 25);

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
  const good = await Merchant.signUp(deployment.apiUrl, { handle: 'neighbour' });
  const { content, chosen } = readProductFile();
  await good.importProducts(content);
  await good.publishTheme(await atelierZip());
  const bad = await Merchant.signUp(deployment.apiUrl, { handle: 'hostile' });
  await bad.importProducts(content);
  await bad.publishTheme(await zipOf(hostile));
  await deployment.kill('worker');
  const port = deployment.ports.shop;
  const product = `/products/${chosen.handle}`;
  const shoppers = new Shoppers({ port, host: 'neighbour.localhost' }, product);
  const attack = new Attack({
    target: { port, host: 'hostile.localhost' },
    paths: ['/', product, product],
    connections: attackers,
  });
  try {
    await shoppers.visit(1, seconds);
    const measured = await alternate(deployment, shoppers, attack);
    print(measured, attack.answers);
  } finally {
    attack.kill();
  }
}

async function alternate(
  deployment: Deployment,
  shoppers: Shoppers,
  attack: Attack,
): Promise<Measured> {
  const measured: Measured = { quiet: [], attacked: [], cpu: { quiet: 0, attacked: 0 } };
  for (let round = 0; round < rounds; round += 1) {
    // Whoever comes first has it no better than the other.
    for (const under of round % 2 === 0 ? [false, true] : [true, false]) {
      if (under) attack.begin();
      await sleep(betweenMs);
      const time = under ? 'attacked' : 'quiet';
      const before = cpuMs(deployment.pid('renderer'));
      measured[time].push(await shoppers.visit(round, seconds));
      measured.cpu[time] += cpuMs(deployment.pid('renderer')) - before;
      if (under) await attack.end();
      await sleep(betweenMs);
    }
  }
  return measured;
}

interface Measured {
  /** Milliseconds of each page, by round. */
  quiet: number[][];
  attacked: number[][];
  /** Of the renderer and its render processes, in milliseconds. */
  cpu: { quiet: number; attacked: number };
}

class Shoppers {
  private variant = 0;
  private readonly agent = new Agent({ keepAlive: true });

  constructor(
    private readonly target: Target,
    private readonly path: string,
  ) {}

  /**
   * @param seed of the arrivals: equal ones make equal arrivals
   * @returns what each page took, in milliseconds @throws Error when one is not answered well
   */
  async visit(seed: number, forSeconds: number): Promise<number[]> {
    const start = performance.now();
    const pages: Promise<number>[] = [];
    for (const at of arrivals(seeded(seed), pagesASecond, forSeconds)) {
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

/** Whoever asks for the hostile pages, in another process. */
class Attack {
  answers: Record<number, number> = {};
  private readonly child: ChildProcess;

  constructor(order: AttackOrder) {
    this.child = fork(join(__dirname, 'neighbour-attack.ts'), [JSON.stringify(order)]);
    // What it takes of this machine's processors it would have on its own: it gets what is left (chrt(1), where it is).
    const idle = ['--all-tasks', '--idle', '--pid', '0', String(this.child.pid)];
    spawnSync('chrt', idle, { stdio: 'ignore' });
  }

  begin(): void {
    this.child.send('begin');
  }

  /** Resolves when nothing of it is under way any more. */
  async end(): Promise<void> {
    this.child.send('end');
    [this.answers] = (await once(this.child, 'message')) as [Record<number, number>];
  }

  kill(): void {
    this.child.kill();
  }
}

function print({ quiet, attacked, cpu }: Measured, answers: Attack['answers']): void {
  const line = (name: string, q: number) => {
    const [calm, hit] = [quantile(quiet.flat(), q), quantile(attacked.flat(), q)];
    const { ratio, low, high } = ratioOf(attacked, quiet, q);
    return (
      `${name} ${calm.toFixed(1)} ms alone, ${hit.toFixed(1)} ms attacked, ` +
      `ratio ${ratio.toFixed(3)} (95 % between ${low.toFixed(3)} and ${high.toFixed(3)})\n`
    );
  };
  const counted = Object.entries(answers).map(([status, count]) => `${count} times ${status}`);
  process.stdout.write(
    `${quiet.flat().length} + ${attacked.flat().length} pages of the neighbour, ${pagesASecond} a second; ` +
      `the attack was answered ${counted.join(', ')}\n` +
      `CPU of the renderer ${(cpu.quiet / rounds / seconds).toFixed(0)} ms a second alone, ` +
      `${(cpu.attacked / rounds / seconds).toFixed(0)} attacked\n` +
      line('p50', 0.5) +
      line('p99', 0.99),
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error instanceof Error ? error.stack : error)}\n`);
  process.exitCode = 1;
});
