import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { S3Mock } from '../../../testing/src/s3-mock';
import { type BlobStore, DiskBlobStore, S3BlobStore } from './index';

const text = { contentType: 'text/plain; charset=utf-8' };
let root: string;
let mock: S3Mock;
let s3: S3BlobStore;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'caravel-blobs-'));
  mock = await S3Mock.start();
  s3 = new S3BlobStore({
    bucket: 'b',
    region: 'us-east-1',
    endpoint: mock.endpoint,
    forcePathStyle: true,
    credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
    partBytes: 100_000,
  });
});

afterEach(async () => {
  s3.close();
  await mock.close();
  await rm(root, { recursive: true, force: true });
});

async function readAll(store: BlobStore, key: string): Promise<Buffer | null> {
  const blob = await store.get(key);
  return blob && buffer(blob.stream);
}

/** A stream in pieces that fit no boundary. */
function pieces(bytes: Buffer): Readable {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += 7777) parts.push(bytes.subarray(at, at + 7777));
  return Readable.from(parts);
}

describe.each([
  ['disk', (): BlobStore => new DiskBlobStore(root)],
  ['S3', (): BlobStore => s3],
])('%s', (_, open) => {
  it('writes once, and keeps the first', async () => {
    const store = open();
    const meta = { ...text, contentEncoding: 'br', cacheControl: 'no-store' };
    expect(await store.putIfAbsent('a/b.txt', Buffer.from('one'), meta)).toBe('created');
    expect(await store.putIfAbsent('a/b.txt', Buffer.from('two'), text)).toBe('existed');
    expect(await store.putIfAbsent('a/b.txt', pieces(randomBytes(300_000)), text)).toBe('existed');
    expect(await readAll(store, 'a/b.txt')).toEqual(Buffer.from('one'));
    expect(await store.head('a/b.txt')).toEqual({ size: 3, meta });
  });

  it('replaces with put', async () => {
    const store = open();
    await store.put('work/x', Buffer.from('one'), text);
    await store.put('work/x', pieces(Buffer.from('second')), { contentType: 'text/csv' });
    expect(await readAll(store, 'work/x')).toEqual(Buffer.from('second'));
    expect((await store.head('work/x'))?.meta).toEqual({ contentType: 'text/csv' });
  });

  it.each([0, 1, 99_999, 100_000, 100_001, 200_000, 1_234_567])(
    'keeps a stream of %i bytes exactly',
    async (size) => {
      const store = open();
      const bytes = randomBytes(size);
      expect(await store.putIfAbsent('stream', pieces(bytes), text)).toBe('created');
      expect((await readAll(store, 'stream'))?.equals(bytes)).toBe(true);
      expect((await store.head('stream'))?.size).toBe(size);
    },
  );

  it('gives ranges', async () => {
    const store = open();
    await store.put('digits', Buffer.from('0123456789'), text);
    const part = async (start: number, end?: number) => {
      const blob = await store.get('digits', { start, end });
      return blob && { ...blob, stream: (await buffer(blob.stream)).toString() };
    };
    expect(await part(2, 4)).toMatchObject({ stream: '234', length: 3, size: 10 });
    expect(await part(7)).toMatchObject({ stream: '789', length: 3 });
    expect(await part(7, 99)).toMatchObject({ stream: '789', length: 3 });
    await expect(part(10)).rejects.toMatchObject({ code: 'storage.bad-range' });
    await expect(part(5, 4)).rejects.toMatchObject({ code: 'storage.bad-range' });
    await expect(part(-1)).rejects.toMatchObject({ code: 'storage.bad-range' });
  });

  it('knows what is not there', async () => {
    const store = open();
    await store.put('folder/file', Buffer.from('x'), text);
    for (const key of ['nothing', 'folder', 'folder/other']) {
      expect(await store.get(key)).toBeNull();
      expect(await store.head(key)).toBeNull();
      await store.delete(key);
    }
    await store.delete('folder/file');
    expect(await store.head('folder/file')).toBeNull();
    expect(await store.putIfAbsent('folder/file', Buffer.from('y'), text)).toBe('created');
  });

  it.each(
    [
      '',
      '/',
      'a//b',
      '/etc/passwd',
      '../x',
      'a/../../x',
      'a/..',
      './a',
      'a/.hidden',
      'a\\b',
    ].concat([
      'a\0b',
      'a b',
      'ä',
      'C:x',
      '-rf',
      'a/',
      'x'.repeat(201),
      'a/'.repeat(300) + 'b',
      '%2e%2e/x',
    ]),
  )('refuses the key %j', async (key) => {
    const store = open();
    const refused = { code: 'storage.bad-key' };
    await expect(
      (async () => store.putIfAbsent(key, Buffer.from('x'), text))(),
    ).rejects.toMatchObject(refused);
    await expect(store.put(key, Buffer.from('x'), text)).rejects.toMatchObject(refused);
    await expect(store.get(key)).rejects.toMatchObject(refused);
    await expect(store.head(key)).rejects.toMatchObject(refused);
    await expect(store.delete(key)).rejects.toMatchObject(refused);
  });

  it('lists in byte order, page by page', async () => {
    const store = open();
    const keys = ['p/a', 'p/a-b', 'p/a.txt', 'p/a/x', 'p/a0', 'p/b/c/d', 'p/b.c', 'q/z', 'pp'];
    for (const key of keys) await store.put(key.replace('p/a/x', 'p/a_/x'), Buffer.from(key), text);
    const all = (await store.list('p/')).items.map(({ key }) => key);
    expect(all).toEqual(
      ['p/a', 'p/a-b', 'p/a.txt', 'p/a0', 'p/a_/x', 'p/b.c', 'p/b/c/d'].sort((a, b) =>
        a < b ? -1 : 1,
      ),
    );
    expect((await store.list('p/b')).items).toEqual([
      { key: 'p/b.c', size: 5 },
      { key: 'p/b/c/d', size: 7 },
    ]);
    expect(await store.list('none/')).toEqual({ items: [], nextCursor: null });
    await expect(store.list('../')).rejects.toMatchObject({ code: 'storage.bad-key' });
  });
});

describe('disk', () => {
  it('lets one of 64 writers create, and leaves no unfinished file', async () => {
    const store = new DiskBlobStore(root);
    const bytes = randomBytes(20_000);
    const outcomes = await Promise.all(
      Array.from({ length: 64 }, (_, at) =>
        store.putIfAbsent('blobs/one', at % 2 ? bytes : pieces(bytes), text),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
    expect(await readdir(join(root, 'tmp'))).toEqual([]);
    expect(await readdir(join(root, 'data/blobs'))).toEqual(['one']);
    expect((await readAll(store, 'blobs/one'))?.equals(bytes)).toBe(true);
  });

  it('leaves nothing when the content breaks off', async () => {
    const store = new DiskBlobStore(root);
    const broken = Readable.from(
      (function* () {
        yield Buffer.from('half');
        throw new Error('the client went away');
      })(),
    );
    await expect(store.putIfAbsent('broken', broken, text)).rejects.toThrow('went away');
    expect(await store.head('broken')).toBeNull();
    expect(await readdir(join(root, 'tmp'))).toEqual([]);
  });

  it('says in its own words that the disk is full', async () => {
    const full = new Readable({
      read() {
        this.destroy(Object.assign(new Error('no space left'), { code: 'ENOSPC' }));
      },
    });
    const store = new DiskBlobStore(root);
    await expect(store.putIfAbsent('big', full, text)).rejects.toMatchObject({
      code: 'storage.full',
      kind: 'unavailable',
    });
  });

  it('pages a long list without a gap', async () => {
    const store = new DiskBlobStore(root);
    const keys = Array.from({ length: 1001 }, (_, at) => `n/${String(at).padStart(4, '0')}`);
    // Straight into the folder: a thousand durable writes would take seconds.
    await mkdir(join(root, 'data/n'), { recursive: true });
    await Promise.all(keys.map((key) => writeFile(join(root, 'data', key), 'x')));
    const first = await store.list('n/');
    const second = await store.list('n/', first.nextCursor ?? undefined);
    expect([...first.items, ...second.items].map(({ key }) => key)).toEqual(keys);
    expect(second.nextCursor).toBeNull();
  });
});

describe('S3 when things go wrong', () => {
  const bytes = Buffer.from('content');

  it('tries again after two refusals and after a reset', async () => {
    mock.fail('PUT', 503, 503);
    expect(await s3.putIfAbsent('slow', bytes, text)).toBe('created');
    mock.fail('PUT', 'reset');
    expect(await s3.putIfAbsent('reset', bytes, text)).toBe('created');
    expect(mock.requests).toHaveLength(5);
  });

  it('takes a write whose answer was lost for there', async () => {
    mock.fail('PUT', 'lose-answer');
    expect(await s3.putIfAbsent('lost', bytes, text)).toBe('existed');
    expect(mock.objects.get('lost')?.body).toEqual(bytes);
  });

  it('tries again after a conflict, and gives up after many', async () => {
    mock.fail('PUT', 409, 409);
    expect(await s3.putIfAbsent('conflict', bytes, text)).toBe('created');
    mock.fail('PUT', 409, 409, 409, 409, 409, 409);
    await expect(s3.putIfAbsent('never', bytes, text)).rejects.toMatchObject({
      code: 'storage.unavailable',
    });
  });

  it('breaks off a body that ends too early', async () => {
    await s3.put('whole', randomBytes(50_000), text);
    mock.fail('GET', 'truncate');
    await expect(readAll(s3, 'whole')).rejects.toThrow();
  });

  it('takes parts whose completion was lost for there, and leaves no parts behind', async () => {
    const large = randomBytes(250_000);
    mock.fail('COMPLETE', 503, 'lose-answer');
    expect(await s3.putIfAbsent('parts', pieces(large), text)).toBe('existed');
    expect(mock.objects.get('parts')?.body.equals(large)).toBe(true);
    expect(mock.uploads.size).toBe(0);
  });

  it('gives the parts back when another writer was first or the content breaks off', async () => {
    const large = randomBytes(250_000);
    const race = Readable.from(
      (async function* () {
        yield large;
        await s3.put('race', bytes, text);
      })(),
    );
    expect(await s3.putIfAbsent('race', race, text)).toBe('existed');
    const broken = Readable.from(
      (function* () {
        yield large;
        throw new Error('the client went away');
      })(),
    );
    await expect(s3.putIfAbsent('broken', broken, text)).rejects.toThrow('went away');
    expect(mock.uploads.size).toBe(0);
    expect(mock.objects.get('race')?.body).toEqual(bytes);
  });

  it('says in its own words that the service is gone', async () => {
    mock.fail('GET', 503, 503, 503, 503);
    await expect(s3.get('x')).rejects.toMatchObject({
      code: 'storage.unavailable',
      kind: 'unavailable',
    });
  });

  it('sends framed streams that the mock unframes, as services with checksums get them', async () => {
    const framed = new S3BlobStore({
      bucket: 'b',
      region: 'us-east-1',
      endpoint: mock.endpoint,
      forcePathStyle: true,
      credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
      requestChecksumCalculation: 'WHEN_SUPPORTED',
    });
    const content = randomBytes(50_000);
    await framed.put('framed', pieces(content), text);
    framed.close();
    expect(mock.objects.get('framed')?.body.equals(content)).toBe(true);
  });
});
