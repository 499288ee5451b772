import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CliError, exitCodes } from '../../cli-error';

/** Which version the files of a folder began as. */
export interface BaseVersion {
  server: string;
  storeId: string;
  themeId: string;
  versionId: string;
  n: number;
  /** Path to SHA-256 of what the version holds. */
  files: Record<string, string>;
}

/** A push whose answer has not come: it may have become a version all the same. */
export interface PushBegun {
  /** The version that it began as; null where it was to become a theme of its own. */
  versionId: string | null;
  /** Path to SHA-256 of what was sent. */
  files: Record<string, string>;
  /** Of a push that was to become a theme. */
  creation?: Creation;
}

/** What tells a theme that a push was to make. */
export interface Creation {
  server: string;
  storeId: string;
  /** The `Idempotency-Key` of the request. */
  key: string;
  /** The themes that there were before: it is none of them. */
  themeIds: string[];
}

const folderName = '.caravel';
const pushName = 'push.json';

/** Reads `.caravel/theme.json`; null for a folder that was never pushed or pulled. @throws CliError when it is broken */
export async function readBase(folder: string): Promise<BaseVersion | null> {
  const file = join(folder, folderName, 'theme.json');
  try {
    return JSON.parse(await readFile(file, 'utf8')) as BaseVersion;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    const sentence = `${file} cannot be read: delete it and pull the theme again.`;
    throw new CliError(sentence, exitCodes.unusable, 'cli.base-unreadable');
  }
}

/** Keeps it beside the theme, in a folder that git leaves alone: it says where this copy came from, not what it is. */
export async function writeBase(folder: string, base: BaseVersion): Promise<void> {
  await keep(folder, 'theme.json', base);
  await forgetPush(folder);
}

/** Notes what a push is about to send, until {@link writeBase} says that it was confirmed. */
export function notePush(folder: string, begun: PushBegun): Promise<void> {
  return keep(folder, pushName, begun);
}

/** Forgets it again: the server has refused it. */
export function forgetPush(folder: string): Promise<void> {
  return rm(join(folder, folderName, pushName), { force: true });
}

/** The push that was interrupted here; null for none. */
export async function pushBegun(folder: string): Promise<PushBegun | null> {
  const text = await readFile(join(folder, folderName, pushName), 'utf8').catch(() => null);
  try {
    return text === null ? null : (JSON.parse(text) as PushBegun);
  } catch {
    // Killed while it was written: nothing was sent then.
    return null;
  }
}

async function keep(folder: string, name: string, content: BaseVersion | PushBegun): Promise<void> {
  const kept = join(folder, folderName);
  await mkdir(kept, { recursive: true });
  await writeFile(join(kept, '.gitignore'), '*\n');
  await writeFile(join(kept, name), `${JSON.stringify(content, null, 2)}\n`);
}
