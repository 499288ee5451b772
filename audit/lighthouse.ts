import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { environmentWith } from '@platform/config';
import { getTool } from '../apps/e2e/test/tools';

const lighthouse = resolve(__dirname, '../node_modules/lighthouse/cli/index.js');
const chromeFlags = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
].join(' ');

/** What one page got: scores of 0 to 100, times in milliseconds, sizes in bytes as they travelled. */
export interface PageScore {
  performance: number;
  accessibility: number;
  bestPractices: number;
  seo: number;
  lcp: number;
  cls: number;
  tbt: number;
  /** Everything but pictures and videos. */
  bytes: number;
  /** What kept a category under 100, by audit. */
  shortfalls: string[];
}

interface Audit {
  score: number | null;
  title: string;
  numericValue?: number;
  details?: { items?: { resourceType?: string; transferSize?: number }[] };
}

interface Report {
  runtimeError?: { code: string; message: string };
  categories: Record<string, { score: number | null; auditRefs: { id: string; weight: number }[] }>;
  audits: Record<string, Audit>;
}

/**
 * Runs Lighthouse's mobile defaults on a page several times.
 * @returns the median of each figure, and every shortfall that any run saw
 */
export async function scorePage(url: string, runs: number): Promise<PageScore> {
  const scores: PageScore[] = [];
  for (let run = 0; run < runs; run += 1) scores.push(scoreOf(await report(url)));
  const median = (pick: (score: PageScore) => number): number =>
    scores.map(pick).sort((a, b) => a - b)[Math.floor(scores.length / 2)] as number;
  return {
    performance: median((score) => score.performance),
    accessibility: median((score) => score.accessibility),
    bestPractices: median((score) => score.bestPractices),
    seo: median((score) => score.seo),
    lcp: median((score) => score.lcp),
    cls: median((score) => score.cls),
    tbt: median((score) => score.tbt),
    bytes: median((score) => score.bytes),
    shortfalls: [...new Set(scores.flatMap((score) => score.shortfalls))],
  };
}

/** A browser that missed the start of the page (NO_NAVSTART and its kin) is given another chance. */
async function report(url: string): Promise<Report> {
  const first = await runOnce(url);
  if (!first.runtimeError) return first;
  const second = await runOnce(url);
  if (!second.runtimeError) return second;
  throw new Error(`Lighthouse could not read ${url}: ${second.runtimeError.message}`);
}

async function runOnce(url: string): Promise<Report> {
  const args = [lighthouse, url, '--output=json', '--quiet', `--chrome-flags=${chromeFlags}`];
  args.push('--only-categories=performance,accessibility,best-practices,seo');
  const child = spawn(process.execPath, args, {
    env: environmentWith({ CHROME_PATH: getTool('chromium') }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [json, complaint] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if (child.exitCode === null) await once(child, 'exit');
  if (json === '') throw new Error(`Lighthouse ended without a report: ${complaint}`);
  return JSON.parse(json) as Report;
}

function scoreOf({ categories, audits }: Report): PageScore {
  const score = (category: string): number => Math.round((categories[category]?.score ?? 0) * 100);
  const value = (audit: string): number => audits[audit]?.numericValue ?? Number.NaN;
  return {
    performance: score('performance'),
    accessibility: score('accessibility'),
    bestPractices: score('best-practices'),
    seo: score('seo'),
    lcp: value('largest-contentful-paint'),
    cls: value('cumulative-layout-shift'),
    tbt: value('total-blocking-time'),
    bytes: weightOf(audits['network-requests']),
    shortfalls: shortfallsOf(categories, audits),
  };
}

function weightOf(requests: Audit | undefined): number {
  return (requests?.details?.items ?? [])
    .filter(({ resourceType }) => resourceType !== 'Image' && resourceType !== 'Media')
    .reduce((sum, { transferSize = 0 }) => sum + transferSize, 0);
}

function shortfallsOf(categories: Report['categories'], audits: Report['audits']): string[] {
  const counted = Object.values(categories).flatMap(({ auditRefs }) =>
    auditRefs.filter(({ weight }) => weight > 0).map(({ id }) => id),
  );
  return counted
    .filter((id) => (audits[id]?.score ?? 1) < 0.9)
    .map((id) => `${id}: ${audits[id]?.title}`);
}
