import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { DiskBlobStore, blobKey, chooseEncoding, openBlob, publishBlob } from './index';

const css = Buffer.from('.button { color: var(--accent); padding: 0 1rem; }\n'.repeat(100));
let root: string;
let store: DiskBlobStore;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'caravel-assets-'));
  store = new DiskBlobStore(root);
});

afterEach(() => rm(root, { recursive: true, force: true }));

describe('publishBlob', () => {
  it('keeps text in three forms under the hash of its content', async () => {
    const { hash, variants } = await publishBlob(store, css, { mime: 'text/css; charset=utf-8' });
    expect(hash).toBe(createHash('sha256').update(css).digest('hex'));
    expect(variants.map(({ encoding }) => encoding)).toEqual(['identity', 'br', 'gzip']);
    expect(variants[0]?.size).toBe(css.length);
    expect((await store.list('blobs/')).items.map(({ key }) => key)).toEqual([
      `blobs/${hash.slice(0, 2)}/${hash}`,
      `blobs/${hash.slice(0, 2)}/${hash}.br`,
      `blobs/${hash.slice(0, 2)}/${hash}.gz`,
    ]);
  });

  it('compresses once', async () => {
    const first = await publishBlob(store, css, { mime: 'text/css' });
    const put = jest.spyOn(store, 'putIfAbsent');
    expect(await publishBlob(store, css, { mime: 'text/css' })).toEqual(first);
    expect(put).not.toHaveBeenCalled();
  });

  it.each([
    ['a picture', randomBytes(5000), 'image/webp'],
    ['small text', Buffer.from('body{}'), 'text/css'],
    ['text that does not shrink', randomBytes(5000), 'text/plain'],
  ])('keeps %s as it is', async (_, bytes, mime) => {
    const { variants } = await publishBlob(store, bytes, { mime });
    expect(variants).toEqual([{ encoding: 'identity', size: bytes.length }]);
  });
});

describe('openBlob', () => {
  it('gives the form that the client takes, each the same content', async () => {
    const { hash } = await publishBlob(store, css, { mime: 'text/css' });
    const open = async (accept?: string) => {
      const blob = await openBlob(store, hash, accept);
      return {
        encoding: blob?.encoding,
        meta: blob?.meta,
        bytes: await buffer(blob?.stream ?? Readable.from([])),
      };
    };
    const [br, gzip, plain] = await Promise.all([open('gzip, br'), open('gzip'), open()]);
    expect(br.encoding).toBe('br');
    expect(br.meta).toEqual({
      contentType: 'text/css',
      contentEncoding: 'br',
      cacheControl: 'public, max-age=31536000, immutable',
    });
    expect(brotliDecompressSync(br.bytes)).toEqual(css);
    expect(gunzipSync(gzip.bytes)).toEqual(css);
    expect(plain.bytes).toEqual(css);
    expect(plain.meta).not.toHaveProperty('contentEncoding');
  });

  it('refuses a client that refuses everything', async () => {
    const { hash } = await publishBlob(store, Buffer.from('x'), { mime: 'text/css' });
    await expect(openBlob(store, hash, 'identity;q=0')).rejects.toMatchObject({
      code: 'storage.encoding-not-acceptable',
    });
  });

  it('finds nothing under what is no hash, is unknown or was removed', async () => {
    const { hash } = await publishBlob(store, Buffer.from('x'), { mime: 'text/css' });
    expect(await openBlob(store, '../../etc/passwd')).toBeNull();
    expect(await openBlob(store, '0'.repeat(64))).toBeNull();
    (await openBlob(store, hash))?.stream.destroy();
    await store.delete(blobKey(hash));
    expect(await openBlob(store, hash)).toBeNull();
    await publishBlob(store, Buffer.from('x'), { mime: 'text/css' });
    const again = await openBlob(store, hash);
    expect(await buffer(again?.stream ?? Readable.from([]))).toEqual(Buffer.from('x'));
  });
});

describe('chooseEncoding', () => {
  const all = ['br', 'gzip', 'identity'] as const;

  it.each([
    [undefined, 'identity'],
    ['', 'identity'],
    ['br', 'br'],
    ['gzip, deflate, br, zstd', 'br'],
    ['GZIP', 'gzip'],
    ['x-gzip', 'gzip'],
    ['br;q=0.5, gzip;q=0.8', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['br;q=0,gzip;q=0', 'identity'],
    ['br ; q=0.000', 'identity'],
    ['*', 'br'],
    ['*;q=0', null],
    ['*;q=0, gzip', 'gzip'],
    ['identity;q=0', null],
    ['identity;q=0, *;q=0.1', 'br'],
    ['identity, br;q=0.5', 'identity'],
    ['deflate, zstd', 'identity'],
    ['br;q=nonsense, gzip;q=0.1', 'gzip'],
    ['br;q=2', 'identity'],
    [',,;q=1', 'identity'],
    ['brotli', 'identity'],
  ])('%j -> %s', (accept, expected) => {
    expect(chooseEncoding(accept, all)).toBe(expected);
  });

  it('never gives what is not there, nor what was refused', () => {
    const forms = fc.subarray([...all]);
    fc.assert(
      fc.property(fc.string(), forms, forms, (noise, available, refused) => {
        const header = [...refused.map((form) => `${form};q=0`), noise.replace(/[a-z*,]/gi, '')];
        const chosen = chooseEncoding(header.join(', '), available);
        if (chosen === null) return;
        expect(available).toContain(chosen);
        expect(refused).not.toContain(chosen);
      }),
    );
  });
});
