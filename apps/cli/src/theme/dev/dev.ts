import { relative, sep } from 'node:path';
import { watch } from 'chokidar';
import { type ConnectionOptions, connect } from '../../connection/connect';
import { type Output, counted } from '../../output';
import { paintFinding } from '../../paint';
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
  const sayOnce = onceInARow((text) => output.say(text));
  const server = new DevServer({ theme, store, pages, onFault: sayOnce });
  const address = await server.listen(options.port).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  const watcher = watchTheme(theme.folder, sayOnce, async (paths) => {
    const begun = performance.now();
    const wasBroken = theme.broken;
    const unread = await theme.update(paths);
    await server.push();
    const ms = Math.round(performance.now() - begun);
    const mended = wasBroken && !theme.broken ? '; no errors any more' : '';
    sayState(theme, output, `${paths.join(', ')}: ${ms} ms${mended}`);
    if (unread.length > 0) output.say(`${unread.join(', ')} cannot be read: save again.`);
  });
  theme.warmUp();
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
  output.result(
    { url: address, store: connection.handle, folder: theme.folder },
    `${address} shows ${theme.folder} with the data of ${connection.handle}. Stop it with Ctrl-C.`,
  );
  if (theme.links !== null) output.say(theme.links);
  sayState(theme, output, null);
  await stopped();
  await watcher.close();
  server.close();
  renderer.close();
  await store.close();
}

function watchTheme(
  folder: string,
  onFault: (sentence: string) => void,
  onChange: (paths: string[]) => Promise<void>,
): ReturnType<typeof watch> {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();
  const flush = (): void => {
    const paths = [...changed];
    changed.clear();
    timer = null;
    // One change that fails must not be the last that is seen.
    running = running
      .then(() => onChange(paths))
      .catch((error: unknown) => onFault(error instanceof Error ? error.message : String(error)));
  };
  const inside = (path: string) => relative(folder, path).split(sep).join('/');
  const watcher = watch(folder, {
    ignoreInitial: true,
    followSymlinks: false,
    ignored: (path) => /(^|\/)(\.|node_modules(\/|$))/.test(inside(path)),
  });
  watcher.on('all', (_event, path) => {
    const file = inside(path);
    if (!isThemePath(file)) return;
    changed.add(file);
    timer ??= setTimeout(flush, together);
  });
  watcher.on('error', (error) => {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    onFault(
      `Not every change can be seen (${reason}): reload the page, or start the command again.`,
    );
  });
  return watcher;
}

function sayState(theme: LocalThemeFolder, output: Output, change: string | null): void {
  const errors = theme.findings.filter(({ severity }) => severity === 'error');
  if (change !== null) output.say(change);
  for (const error of errors)
    output.say(`${paintFinding(process.stderr, formatDiagnostic(error), 'error')}\n`);
  if (errors.length > 0) output.say(`${counted(errors.length, 'error')} in ${theme.folder}`);
}

/** Says a sentence unless it was the last one: a page that tries again and again tells nothing new. */
function onceInARow(say: (sentence: string) => void): (sentence: string) => void {
  let last: string | null = null;
  return (sentence) => {
    if (sentence !== last) say(sentence);
    last = sentence;
  };
}

function stopped(): Promise<void> {
  return new Promise((resolve) => {
    // A terminal that is closed says SIGHUP.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => resolve());
  });
}
