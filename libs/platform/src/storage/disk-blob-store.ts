import { type FileHandle, open, readFile, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type Page, decodeCursor, encodeCursor } from '@libs/kernel';
import {
  type Blob,
  type BlobEntry,
  type BlobHead,
  type BlobMeta,
  type BlobRange,
  BlobStore,
  checkKey,
  checkPrefix,
  clampRange,
  listPageSize,
} from './blob-store';
import { DiskFiles, codeOf } from './disk-files';

/** Keeps blobs as files: bytes under `data/`, what is known of them under `meta/`. */
export class DiskBlobStore extends BlobStore {
  private readonly data: string;
  private readonly meta: string;
  private readonly files: DiskFiles;

  /** @param root folder of the store; made when the first blob is written */
  constructor(root: string) {
    super();
    this.data = join(root, 'data');
    this.meta = join(root, 'meta');
    this.files = new DiskFiles(join(root, 'tmp'));
  }

  async putIfAbsent(
    key: string,
    content: Buffer | Readable,
    meta: BlobMeta,
  ): Promise<'created' | 'existed'> {
    const path = join(this.data, checkKey(key));
    if (await isFile(path)) {
      if (content instanceof Readable) content.destroy();
      return 'existed';
    }
    // Before the bytes, so that whoever sees these knows what they are.
    const described = await this.files.createIfAbsent(this.metaPath(key), toJson(meta));
    const outcome = await this.files.createIfAbsent(path, content);
    if (outcome === 'created' && described === 'existed') {
      await this.files.replace(this.metaPath(key), toJson(meta));
    }
    return outcome;
  }

  async put(key: string, content: Buffer | Readable, meta: BlobMeta): Promise<void> {
    const path = join(this.data, checkKey(key));
    await this.files.replace(this.metaPath(key), toJson(meta));
    await this.files.replace(path, content);
  }

  async get(key: string, range?: BlobRange): Promise<Blob | null> {
    const file = await openFile(join(this.data, checkKey(key)));
    if (!file) return null;
    try {
      const { size } = await file.stat();
      const meta = await this.readMeta(key);
      if (size === 0 && !range) {
        await file.close();
        return { stream: Readable.from([]), size, length: 0, meta };
      }
      const { start, end } = clampRange(range ?? { start: 0 }, size);
      const stream = file.createReadStream({ start, end });
      return { stream, size, length: end - start + 1, meta };
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  async head(key: string): Promise<BlobHead | null> {
    const found = await orNull(stat(join(this.data, checkKey(key))));
    return found?.isFile() ? { size: found.size, meta: await this.readMeta(key) } : null;
  }

  async delete(key: string): Promise<void> {
    const path = join(this.data, checkKey(key));
    if (!(await isFile(path))) return;
    await rm(path, { force: true });
    await rm(this.metaPath(key), { force: true });
  }

  async list(prefix: string, cursor?: string): Promise<Page<BlobEntry>> {
    checkPrefix(prefix);
    const after = cursor === undefined ? '' : String(decodeCursor(cursor, 1)[0]);
    const items: BlobEntry[] = [];
    for await (const key of this.walk('', prefix, after)) {
      if (items.length === listPageSize) {
        return { items, nextCursor: encodeCursor([items.at(-1)?.key ?? '']) };
      }
      const found = await orNull(stat(join(this.data, key)));
      if (found) items.push({ key, size: found.size });
    }
    return { items, nextCursor: null };
  }

  private metaPath(key: string): string {
    return join(this.meta, `${key}.json`);
  }

  private async readMeta(key: string): Promise<BlobMeta> {
    const text = await orNull(readFile(this.metaPath(key), 'utf8'));
    // Only a restored backup without the `meta` folder comes here.
    if (text === null) return { contentType: 'application/octet-stream' };
    return JSON.parse(text) as BlobMeta;
  }

  /** Keys below a folder in byte order of the whole key, which is how S3 orders them. */
  private async *walk(folder: string, prefix: string, after: string): AsyncGenerator<string> {
    const entries = (await orNull(readdir(join(this.data, folder), { withFileTypes: true }))) ?? [];
    const names = entries.map((entry) => `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`);
    for (const name of names.sort((a, b) => (a < b ? -1 : 1))) {
      if (name.endsWith('/')) {
        const within = name.startsWith(prefix) || prefix.startsWith(name);
        const passed = name < after && !after.startsWith(name);
        if (within && !passed) yield* this.walk(name, prefix, after);
      } else if (name.startsWith(prefix) && name > after) yield name;
    }
  }
}

function toJson(meta: BlobMeta): Buffer {
  return Buffer.from(JSON.stringify(meta));
}

async function openFile(path: string): Promise<FileHandle | null> {
  const file = await orNull(open(path, 'r'));
  if (!file) return null;
  if ((await file.stat()).isFile()) return file;
  await file.close();
  return null;
}

async function isFile(path: string): Promise<boolean> {
  return (await orNull(stat(path)))?.isFile() === true;
}

async function orNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return null;
    throw error;
  }
}
