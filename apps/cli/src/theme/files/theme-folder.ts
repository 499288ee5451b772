import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { CliError, exitCodes } from '../../cli-error';

/** A theme's files: path inside the theme, with slashes on every system, to bytes; sorted by path. */
export type FileBytes = ReadonlyMap<string, Buffer>;

/** A theme as it lies in a folder. */
export interface ThemeFolder {
  /** Absolute. */
  folder: string;
  files: FileBytes;
  /** Files that lie there and are no part of a theme: READMEs, settings of editors. */
  ignored: string[];
  /** Links in the folders of the theme: not followed, and so no part of it. */
  links: string[];
}

/** The folders of the format (theme-format.md, 2.1); only they and theme.json are part of a theme. */
const folders = [
  'assets',
  'blocks',
  'config',
  'layout',
  'locales',
  'sections',
  'snippets',
  'templates',
];

/** What systems and editors leave beside a file: pictures of folders, backups, halves of a save. */
const droppings = [
  /^(thumbs\.db|desktop\.ini|icon\r)$/i,
  /(~|\.(swp|swo|tmp|bak|orig|rej)|___jb_(tmp|old)___)$/i,
  /^(4913|#.*#)$/,
];

/** Whether a path inside a theme's folder belongs to the theme, as far as its place tells. */
export function isThemePath(path: string): boolean {
  const parts = path.split('/');
  if (parts.some((part) => part.startsWith('.') || part === '')) return false;
  if (droppings.some((one) => one.test(parts.at(-1) ?? ''))) return false;
  return parts.length === 1 ? path === 'theme.json' : folders.includes(parts[0] ?? '');
}

/**
 * Reads a theme from a folder. Links are not followed: what they point to is no part of it.
 * @throws CliError when there is no theme
 */
export async function readThemeFolder(given: string): Promise<ThemeFolder> {
  const folder = resolve(given);
  const files = new Map<string, Buffer>();
  const ignored: string[] = [];
  const found = await listFiles(folder);
  for (const path of found.files) {
    if (isThemePath(path)) files.set(path, await readFile(join(folder, path)));
    else ignored.push(path);
  }
  if (!files.has('theme.json')) {
    throw new CliError(
      `There is no theme in ${folder}: theme.json is missing. \`caravel theme init\` makes one.`,
      exitCodes.unusable,
      'cli.no-theme',
    );
  }
  return { folder, files, ignored, links: found.links };
}

async function listFiles(folder: string): Promise<{ files: string[]; links: string[] }> {
  const top = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const files: string[] = top.filter((one) => one.isFile()).map(({ name }) => name);
  const links: string[] = [];
  for (const one of top) {
    if (one.isSymbolicLink() && folders.includes(one.name)) links.push(one.name);
    if (!one.isDirectory() || !folders.includes(one.name)) continue;
    const inner = await readdir(join(folder, one.name), { recursive: true, withFileTypes: true });
    for (const entry of inner) {
      const path = relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/');
      if (entry.isFile()) files.push(path);
      else if (entry.isSymbolicLink()) links.push(path);
    }
  }
  return { files: files.sort(), links: links.sort() };
}

/** One sentence about links in a theme, for whoever wonders where a file is; null when there are none. */
export function sayLinks({ links }: ThemeFolder): string | null {
  if (links.length === 0) return null;
  return `Links are not followed, so these are no part of the theme: ${links.join(', ')}.`;
}

/**
 * Whether a theme may be put there: the folder is missing, or holds nothing but what a new repository does, hidden
 * files, READMEs and licences.
 */
export async function isFreeFolder(folder: string): Promise<boolean> {
  if (!existsSync(folder)) return true;
  if (!(await stat(folder)).isDirectory()) return false;
  return (await readdir(folder)).every((name) =>
    /^(\.|(readme|license|licence)(\.|$))/i.test(name),
  );
}

/** Writes files into a folder. @throws CliError for a path that leads out of it */
export async function writeFiles(folder: string, files: FileBytes): Promise<void> {
  for (const [path, bytes] of files) {
    const file = insideOf(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
}

/** Takes files away; those that are gone already are no fault. */
export async function removeFiles(folder: string, paths: Iterable<string>): Promise<void> {
  for (const path of paths) await rm(insideOf(folder, path), { force: true });
}

/** What is to become of the files of a folder. */
export interface FileChanges {
  write: FileBytes;
  remove: readonly string[];
}

/**
 * Writes and takes away. A file whose name is written in other letters goes before its twin comes: Windows and macOS take
 * both for one file, and would take the new one away with the old.
 * @param disk what does it
 */
export async function changeFiles(
  folder: string,
  { write, remove }: FileChanges,
  disk = { writeFiles, removeFiles },
): Promise<void> {
  const coming = new Set([...write.keys()].map((path) => path.toLowerCase()));
  const isTwin = (path: string) => coming.has(path.toLowerCase());
  await disk.removeFiles(folder, remove.filter(isTwin));
  await disk.writeFiles(folder, write);
  await disk.removeFiles(
    folder,
    remove.filter((path) => !isTwin(path)),
  );
}

/** What a file holds, as the server names it: SHA-256, hexadecimal. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Path to hash. */
export function hashesOf(files: FileBytes): Record<string, string> {
  return Object.fromEntries([...files].map(([path, bytes]) => [path, hashOf(bytes)]));
}

/** The files as the engine takes them: texts as text. */
export function decodeTheme(files: FileBytes): Map<string, string | Uint8Array> {
  const decoded = new Map<string, string | Uint8Array>();
  for (const [path, bytes] of files) decoded.set(path, decodeFile(path, bytes));
  return decoded;
}

/** Whether a file of that name holds text. */
export function isText(path: string): boolean {
  return /\.(hbs|json|css|js|svg)$/.test(path);
}

/** A file as the engine takes it. A text that is not UTF-8 stays bytes: the server says what is wrong with it. */
export function decodeFile(path: string, bytes: Buffer): string | Uint8Array {
  if (!isText(path)) return bytes;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return bytes;
  }
}

function insideOf(folder: string, path: string): string {
  const file = resolve(folder, path);
  if (isThemePath(path) && file.startsWith(resolve(folder) + sep)) return file;
  throw new CliError(`“${path}” is not a place inside a theme.`);
}
