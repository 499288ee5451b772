import { relative, sep } from 'node:path';
import { watch } from 'chokidar';
import { type ConnectionOptions, connect } from '../../connection/connect';
import type { Output } from '../../output';
import { formatDiagnostic } from '@template-engine/diagnostics';
import { readBase } from '../files/base-version';
import { isThemePath } from '../files/theme-folder';
import { DevServer } from './dev-server';
import { LocalPages } from './local-pages';
import { LocalThemeFolder } from './local-theme';
import { LocalRenderer } from './renderer';
import { StoreData } from './store-data';

/** Flags of `caravel theme dev`. */
export interface DevOptions extends ConnectionOptions {
  port: number;
}

/** Editors write a file in several steps; what comes within this time is one change, in milliseconds. */
const together = 20;

/**
 * `caravel theme dev`: the local theme with the store's real data, until it is told to stop. Nothing is uploaded and
 * nothing of the store is changed but what the browser does to its own cart.
 * @throws CliError when there is no theme, no store, or no free port
 */
export async function developTheme(
  given: string,
  options: DevOptions,
  output: Output,
): Promise<void> {
  const theme = await LocalThemeFolder.open(given);
  const connection = await connect(options, await readBase(theme.folder));
  const store = await StoreData.open(connection);
  const renderer = new LocalRenderer();
  const pages = new LocalPages(theme, store, renderer);
  const server = new DevServer({ theme, store, pages, onFault: (text) => output.say(text) });
  const address = await server.listen(options.port).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  const watcher = watchTheme(theme, async (paths) => {
    const begun = performance.now();
    await theme.update(paths);
    await server.push();
    const ms = Math.round(performance.now() - begun);
    sayState(theme, output, `${paths.join(', ')}: ${ms} ms`);
  });
  theme.warmUp();
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
  output.result(
    { url: address, store: connection.handle, folder: theme.folder },
    `${address} shows ${theme.folder} with the data of ${connection.handle}. Stop it with Ctrl-C.`,
  );
  sayState(theme, output, null);
  await stopped();
  await watcher.close();
  server.close();
  renderer.close();
  await store.close();
}

function watchTheme(
  theme: LocalThemeFolder,
  onChange: (paths: string[]) => Promise<void>,
): ReturnType<typeof watch> {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();
  const flush = (): void => {
    const paths = [...changed];
    changed.clear();
    timer = null;
    running = running.then(() => onChange(paths));
  };
  const inside = (path: string) => relative(theme.folder, path).split(sep).join('/');
  const watcher = watch(theme.folder, {
    ignoreInitial: true,
    ignored: (path) => /(^|\/)(\.|node_modules(\/|$))/.test(inside(path)),
  });
  watcher.on('all', (_event, path) => {
    const file = inside(path);
    if (!isThemePath(file)) return;
    changed.add(file);
    timer ??= setTimeout(flush, together);
  });
  return watcher;
}

function sayState(theme: LocalThemeFolder, output: Output, change: string | null): void {
  const errors = theme.findings.filter(({ severity }) => severity === 'error');
  if (change !== null) output.say(change);
  for (const error of errors) output.say(`${formatDiagnostic(error)}\n`);
  if (errors.length > 0) output.say(`${errors.length} errors in ${theme.folder}`);
}

function stopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
