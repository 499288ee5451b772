import { mkdir, readFile, writeFile } from 'node:fs/promises';
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

const folderName = '.caravel';

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
  const kept = join(folder, folderName);
  await mkdir(kept, { recursive: true });
  await writeFile(join(kept, '.gitignore'), '*\n');
  await writeFile(join(kept, 'theme.json'), `${JSON.stringify(base, null, 2)}\n`);
}

/** What differs between the files of a folder and the version that they began as. */
export function changesSince(
  base: Record<string, string>,
  now: Record<string, string>,
): { added: string[]; changed: string[]; deleted: string[] } {
  const paths = Object.keys(now);
  return {
    added: paths.filter((path) => base[path] === undefined),
    changed: paths.filter((path) => base[path] !== undefined && base[path] !== now[path]),
    deleted: Object.keys(base).filter((path) => now[path] === undefined),
  };
}
