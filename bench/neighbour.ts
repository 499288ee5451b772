/**
 * What a store notices of a hostile neighbour: two stores on one renderer with two render processes. One has a
 * first-party theme and shoppers who look at product pages that are in no cache; the other has a theme of sections that
 * use up every budget or nearly do, and is asked for as fast as it answers. Quiet and attacked times alternate, so that
 * whatever else the machine does falls on both.
 *
 *   node -r ./libs/testing/jest/register.cjs bench/neighbour.ts [rounds=10] [seconds=4] [attackers=8]
 */
import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Deployment } from '../apps/e2e/test/deployment';
import { Merchant, atelierZip } from '../apps/e2e/test/merchant';
import { readProductFile } from '../apps/e2e/test/product-file';
import { aTheme, zipOf } from '../libs/themes/test/theme.builder';
import { onDeployment } from './lab';
import { type Target, askRaw, cpuMs } from './page-load';

const rounds = Number(process.argv[2] ?? 10);
const seconds = Number(process.argv[3] ?? 4);
const attackers = Number(process.argv[4] ?? 8);

/** The neighbour's shoppers: each asks, reads a little, asks again. */
const shoppers = 2;
const readingMs = 20;

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
  const victim = new Shoppers({ port, host: 'neighbour.localhost' }, product);
  const attack = new Attack({ port, host: 'hostile.localhost' }, product);
  await victim.visit(1);
  const measured: Measured = {
    quiet: [],
    attacked: [],
    answers: new Map(),
    cpu: { quiet: 0, attacked: 0 },
  };
  for (let round = 0; round < rounds; round += 1) {
    // Whoever comes first has it no better than the other.
    for (const under of round % 2 === 0 ? [false, true] : [true, false]) {
      if (under) attack.begin();
      await sleep(300);
      const time = under ? 'attacked' : 'quiet';
      const before = cpuMs(deployment.pid('renderer'));
      measured[time].push(await victim.visit(seconds));
      measured.cpu[time] += cpuMs(deployment.pid('renderer')) - before;
      await attack.end();
      await sleep(300);
    }
  }
  measured.answers = attack.answers;
  print(measured);
}

interface Measured {
  /** Milliseconds of each page, by round. */
  quiet: number[][];
  attacked: number[][];
  answers: ReadonlyMap<number, number>;
  /** Of the renderer and its render processes, in milliseconds. */
  cpu: { quiet: number; attacked: number };
}

class Shoppers {
  private variant = 0;
  private readonly agent = new Agent({ keepAlive: true, maxSockets: shoppers });

  constructor(
    private readonly target: Target,
    private readonly path: string,
  ) {}

  /** @returns what each page took, in milliseconds @throws Error when one is not answered well */
  async visit(forSeconds: number): Promise<number[]> {
    const until = performance.now() + forSeconds * 1_000;
    const times: number[] = [];
    const one = async () => {
      while (performance.now() < until) {
        this.variant += 1;
        const start = performance.now();
        const { status } = await askRaw(
          this.agent,
          this.target,
          `${this.path}?variant=${this.variant}`,
        );
        times.push(performance.now() - start);
        if (status !== 200) throw new Error(`The neighbour was answered ${status}.`);
        await sleep(readingMs);
      }
    };
    await Promise.all(Array.from({ length: shoppers }, one));
    return times;
  }
}

/** So many at a time ask for hostile pages that no cache has. */
class Attack {
  readonly answers = new Map<number, number>();
  private running: Promise<unknown> = Promise.resolve();
  private on = false;
  private n = 0;

  constructor(
    private readonly target: Target,
    private readonly product: string,
  ) {}

  begin(): void {
    this.on = true;
    const agent = new Agent({ keepAlive: true, maxSockets: attackers });
    const one = async () => {
      while (this.on) {
        this.n += 1;
        const path = this.n % 3 === 0 ? `/?page=${this.n}` : `${this.product}?variant=${this.n}`;
        const { status } = await askRaw(agent, this.target, path).catch(() => ({ status: 0 }));
        this.answers.set(status, (this.answers.get(status) ?? 0) + 1);
      }
    };
    this.running = Promise.all(Array.from({ length: attackers }, one)).then(() => agent.destroy());
  }

  async end(): Promise<void> {
    this.on = false;
    await this.running;
  }
}

function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? NaN;
}

function print({ quiet, attacked, answers, cpu }: Measured): void {
  const line = (name: string, q: number) => {
    const [calm, hit] = [quantile(quiet.flat(), q), quantile(attacked.flat(), q)];
    return `${name} ${calm.toFixed(1)} ms alone, ${hit.toFixed(1)} ms attacked, ratio ${(hit / calm).toFixed(3)}\n`;
  };
  const counted = [...answers].map(([status, count]) => `${count} times ${status}`).join(', ');
  process.stdout.write(
    `${quiet.flat().length} + ${attacked.flat().length} pages of the neighbour; the attack was answered ${counted}\n` +
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
