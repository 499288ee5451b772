/**
 * Our theme engine against its peers: a collection page of 24 cards and a home page of 10 sections, the same data, in one
 * run by turns. Every page ends in bytes. Before anything is timed all outputs are compared as trees; one that differs
 * ends the run.
 *
 *   npm run bench:engine -- [rounds=25]
 *
 * Numbers are CPU milliseconds a page; the ratio is that of stock Handlebars over each, the median of all rounds, with
 * the interval in which it lies 95 times in 100: one that is wide was measured on a machine with other work. Every
 * engine is given objects in memory, ours frozen ones with texts in octets, as its processes read them; what comes to
 * the bytes of a page stands inside. The two rows from JSON count reading too: the bytes that a render process is sent,
 * parsed, for ours frozen as well, and rendered.
 */
import { join } from 'node:path';
import { compileTheme } from '../../libs/template-engine/src';
import {
  loadArtefact,
  type PageInput,
  readPage,
  renderParts,
  type SealedPage,
  sealPage,
  type Theme,
} from '../../libs/template-engine/src/runtime';
import { readFolder } from '../../libs/template-engine/test/theme.builder';
import { median } from '../page-load';
import { type Page, pageData } from './data';
import { type Ratio, medianRatio } from '../statistics';
import { measure, type Subject } from './measure';
import { normalise } from './normalise';
import { eta } from './peers/eta';
import { stockHandlebars } from './peers/handlebars';
import { liquid } from './peers/liquid';
import { react } from './peers/react';
import { stencil } from './peers/stencil';

const rounds = Number(process.argv[2] ?? 25);
const stock = 'Handlebars 4.7.10, precompiled';
const own = 'ours';
const unbudgeted = 'ours without budgets';
const stockRead = 'stock from JSON';
const ownRead = 'ours from JSON';

async function main(): Promise<void> {
  const files = readFolder(join(__dirname, 'theme'));
  const theme = themeOf(compileTheme(files).artefacts[0]?.js);
  const free = themeOf(compileTheme(files, { budgets: false }).artefacts[0]?.js);
  for (const accents of [true, false]) {
    const pages = (['collection', 'index'] as const).map((name) => pageData(name, accents));
    const peers = {
      [stock]: stockHandlebars(pages),
      'stencil-paper-handlebars 6.6.4': stencil(pages),
      'LiquidJS 10.30.1': liquid(pages),
      'Eta 4.6.0': eta(pages),
      'React 19.3 renderToString': react(),
    };
    for (const page of pages) {
      const ready = sealed(page);
      const json = Buffer.from(JSON.stringify(inputOf(page)));
      const subjects: Subject[] = [
        ...Object.entries(peers).map(([name, render]) => ({ name, make: bytesOf(render, page) })),
        { name: own, make: () => whole(theme, ready) },
        { name: unbudgeted, make: () => whole(free, ready) },
        { name: stockRead, make: fromJson(peers[stock], page) },
        { name: ownRead, make: () => whole(theme, readPage(json)) },
        { name: 'ours, fragments from the cache', make: fragments(theme, page) },
      ];
      await compare(page, subjects);
      print(page, accents, await measure(subjects, rounds));
    }
  }
}

function themeOf(js: string | undefined): Theme {
  if (js === undefined) throw new Error('The theme has errors.');
  return loadArtefact(js);
}

function inputOf({ globals, sections }: Page): PageInput {
  return { layout: 'theme', globals, sections, assets: { 'base.css': '/cdn/base.css' } };
}

function sealed(page: Page): SealedPage {
  return sealPage(inputOf(page));
}

function whole(theme: Theme, page: SealedPage): Buffer {
  return renderParts(theme, page).body;
}

function bytesOf(
  render: (page: Page) => string | Promise<string>,
  page: Page,
): () => Buffer | Promise<Buffer> {
  return () => {
    const made = render(page);
    return typeof made === 'string' ? Buffer.from(made) : made.then((html) => Buffer.from(html));
  };
}

/** The same of a page that comes as text each time. */
function fromJson(render: (page: Page) => string, page: Page): () => Buffer {
  const json = Buffer.from(JSON.stringify(page));
  return () => Buffer.from(render(JSON.parse(json.toString()) as Page));
}

/** A page of sections that were rendered before, each found by its key; what stands between them is kept alike. */
function fragments(theme: Theme, page: Page): () => Buffer[] {
  const kept = new Map<string, Buffer>();
  const { body, parts } = renderParts(theme, sealed(page));
  let at = 0;
  const keys = parts.map(([section, bytes], i) => {
    const key = `store|version|${section ?? `layout ${i}`}|en|EUR|stamp`;
    kept.set(key, body.subarray(at, (at += bytes)));
    return key;
  });
  return () => keys.flatMap((key) => kept.get(key) ?? []);
}

/** @throws Error when an engine's page is not the first one's */
async function compare(page: Page, subjects: readonly Subject[]): Promise<void> {
  let wanted: string | null = null;
  for (const { name, make } of subjects) {
    const bytes = await make();
    const tree = normalise(
      (bytes instanceof Buffer
        ? bytes
        : Buffer.concat([...(bytes as readonly Buffer[])])
      ).toString(),
    );
    wanted ??= tree;
    if (tree !== wanted) throw new Error(`${name} makes another ${page.name} page.`);
  }
}

function print(page: Page, accents: boolean, costs: ReadonlyMap<string, readonly number[]>): void {
  const letters = accents ? 'with letters beyond ASCII' : 'in ASCII';
  process.stdout.write(`\n${page.name} page, data ${letters}; all outputs alike\n`);
  const of = (name: string): readonly number[] => costs.get(name) ?? [];
  for (const [name, list] of costs) {
    const ratio = shown(medianRatio(of(stock), list));
    process.stdout.write(`  ${name.padEnd(34)} ${median(list).toFixed(4)} ms  ${ratio} x stock\n`);
  }
  const share = medianRatio(of(own), of(unbudgeted));
  process.stdout.write(`  budgets cost ${((share.median - 1) * 100).toFixed(1)} %\n`);
  const read = shown(medianRatio(of(stockRead), of(ownRead)));
  process.stdout.write(`  from JSON to bytes: ${read} x stock\n`);
}

function shown({ median: middle, low, high }: Ratio): string {
  const digits = middle < 20 ? 2 : 0;
  return `${middle.toFixed(digits)} [${low.toFixed(digits)} to ${high.toFixed(digits)}]`;
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error instanceof Error ? error.stack : error)}\n`);
  process.exitCode = 1;
});
