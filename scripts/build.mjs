import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
const sourceFolders = ['apps', 'libs', 'migrations'];

/** Not part of a running platform: tests, the lab, journeys; the admin is built by a bundler of its own. */
const left = [
  /^libs\/testing\//,
  /^apps\/(e2e|admin)\//,
  /(^|\/)test\//,
  /\.(int-|e2e-)?spec\.ts$/,
];
/** Read by people, not by programs. */
const unread = [/(^|\/)README\.md$/, /\.d\.[cm]?ts$/];

/**
 * Compiles what is newer than its output to dist/, which mirrors the tree; other files that stand beside the sources
 * are copied; outputs whose source is gone are removed.
 * @returns {Promise<{compiled: number, removed: number}>}
 */
export async function build() {
  const known = await forgetIfOptionsChanged();
  const sources = (await Promise.all(sourceFolders.map(listFiles))).flat().filter(isWanted);
  const outputs = new Map(sources.map((source) => [outputOf(source), source]));
  const removed = await prune(outputs);
  const stale = [];
  for (const [output, source] of outputs) if (await isStale(source, output)) stale.push(source);
  if (stale.length > 0) await compileAll(stale);
  if (!known) await writeKey();
  return { compiled: stale.length, removed };
}

async function compileAll(sources) {
  const require = createRequire(import.meta.url);
  const swc = require('@swc/core');
  const { swcOptions } = require('./swc-options.cjs');
  await Promise.all(
    sources.map(async (source) => {
      const file = join(root, source);
      const output = join(dist, outputOf(source));
      await mkdir(dirname(output), { recursive: true });
      if (isTypeScript(source)) {
        const text = await readFile(file, 'utf8');
        const { code } = await swc.transform(text, { ...swcOptions(), filename: file });
        await writeFile(output, withoutEndings(code));
      } else await copyFile(file, output);
      // The same time on both says that they belong together.
      const { mtime } = await stat(file);
      await utimes(output, mtime, mtime);
    }),
  );
}

/** swc leaves the ending of an alias whose target is not there yet; once it is, the import must be right. */
function withoutEndings(code) {
  return code.replaceAll(/require\("(\.{1,2}\/[^"]+)\.ts"\)/g, 'require("$1")');
}

async function isStale(source, output) {
  const [from, to] = await Promise.all([stat(join(root, source)), statOrNull(join(dist, output))]);
  return to === null || Math.abs(from.mtimeMs - to.mtimeMs) > 2;
}

async function prune(outputs) {
  const existing = (
    await Promise.all(sourceFolders.map((name) => listFiles(`dist/${name}`)))
  ).flat();
  const orphans = existing.filter((file) => !outputs.has(relative('dist', file)));
  await Promise.all(orphans.map((file) => rm(join(root, file), { force: true })));
  return orphans.length;
}

/** A new compiler or new options make every output stale. */
async function forgetIfOptionsChanged() {
  const key = await readFile(join(dist, '.key'), 'utf8').catch(() => null);
  if (key === (await currentKey())) return true;
  await rm(dist, { recursive: true, force: true });
  return false;
}

async function writeKey() {
  await mkdir(dist, { recursive: true });
  await writeFile(join(dist, '.key'), await currentKey());
}

async function currentKey() {
  const hash = createHash('sha256');
  for (const file of [
    'scripts/swc-options.cjs',
    'scripts/build.mjs',
    'tsconfig.json',
    'node_modules/@swc/core/package.json',
  ]) {
    hash.update(await readFile(join(root, file)));
  }
  return hash.digest('hex');
}

/** Paths are relative to the root and have slashes on every system. */
async function listFiles(folder) {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(
    () => [],
  );
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}

function isWanted(source) {
  return ![...left, ...unread].some((pattern) => pattern.test(source));
}

function outputOf(source) {
  return isTypeScript(source) ? source.replace(/\.ts$/, '.js') : source;
}

function isTypeScript(source) {
  return source.endsWith('.ts');
}

async function statOrNull(file) {
  return stat(file).catch(() => null);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const begun = performance.now();
  const { compiled, removed } = await build();
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  process.stdout.write(`dist: ${compiled} compiled, ${removed} removed, ${seconds} s\n`);
}
