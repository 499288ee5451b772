import { randomBytes } from 'node:crypto';
import { type FileHandle, link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { storageErrors } from './storage.errors';

/** A temporary file older than this belongs to a process that died. */
const abandonedAfterMs = 24 * 60 * 60 * 1000;

/** Writes files so that a name is seen with all of its bytes or not at all, also after a power cut. */
export class DiskFiles {
  private swept: Promise<void> | undefined;

  /** @param temp folder for unfinished files, on the same file system as the finished */
  constructor(private readonly temp: string) {}

  /** Writes unless the path is taken. */
  createIfAbsent(path: string, content: Buffer | Readable): Promise<'created' | 'existed'> {
    return this.viaTemp(path, content, async (unfinished) => {
      try {
        await link(unfinished, path);
        return 'created';
      } catch (error) {
        if (codeOf(error) === 'EEXIST') return 'existed';
        throw error;
      }
    });
  }

  /** Writes, replacing what was there. */
  async replace(path: string, content: Buffer | Readable): Promise<void> {
    await this.viaTemp(path, content, (unfinished) => rename(unfinished, path));
  }

  private async viaTemp<T>(
    path: string,
    content: Buffer | Readable,
    publish: (unfinished: string) => Promise<T>,
  ): Promise<T> {
    const folder = dirname(path);
    try {
      this.swept ??= this.sweep();
      await this.swept;
      const unfinished = join(this.temp, randomBytes(12).toString('hex'));
      try {
        await writeDurably(unfinished, content);
        const topmost = await mkdir(folder, { recursive: true });
        const result = await publish(unfinished);
        await syncFolders(folder, topmost === undefined ? folder : dirname(topmost));
        return result;
      } finally {
        await rm(unfinished, { force: true });
      }
    } catch (error) {
      throw translate(error, path);
    }
  }

  private async sweep(): Promise<void> {
    await mkdir(this.temp, { recursive: true });
    for (const name of await readdir(this.temp)) {
      const path = join(this.temp, name);
      const found = await stat(path).catch(() => null);
      if (found && Date.now() - found.mtimeMs > abandonedAfterMs) await rm(path, { force: true });
    }
  }
}

/** The code of a file system's error, such as ENOENT. */
export function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}

async function writeDurably(path: string, content: Buffer | Readable): Promise<void> {
  const file = await open(path, 'wx');
  try {
    if (Buffer.isBuffer(content)) await file.writeFile(content);
    else await writeStream(file, content);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function writeStream(file: FileHandle, content: Readable): Promise<void> {
  for await (const chunk of content) await file.writeFile(chunk as Buffer);
}

/** Makes the new name itself durable, and the folders that had to be made for it. */
async function syncFolders(from: string, to: string): Promise<void> {
  for (let folder = from; ; folder = dirname(folder)) {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (folder === to || folder === dirname(folder)) return;
  }
}

function translate(error: unknown, path: string): unknown {
  const code = codeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return storageErrors.error('full', {}, { cause: error });
  // A name under which other blobs lie as in a folder, or the other way round.
  if (code === 'ENOTDIR' || code === 'EISDIR' || code === 'EEXIST') {
    return storageErrors.error('bad-key', { key: basename(path) }, { cause: error });
  }
  return error;
}
