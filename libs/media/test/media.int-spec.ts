import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { newId } from '@libs/kernel';
import { Blobs, Images, MediaModule } from '@libs/media';
import { BlobStore, blobKey } from '@platform/storage';
import { AssetFiles, MediaRendererModule } from '@renderer/media';
import { type Lab, openLab } from '@testing';
import { MediaWorkerModule } from '@worker/media';
import { collectBlobs } from '../src/blobs/collect-blobs';

describe('media', () => {
  let lab: Lab;
  let store: string;
  let server: Server;
  let base: string;

  beforeAll(async () => {
    lab = await openLab({ modules: [MediaModule, MediaWorkerModule, MediaRendererModule] });
    store = await lab.aStore();
    const photo = await sharp({
      create: { width: 900, height: 600, channels: 3, background: '#a85532' },
    })
      .jpeg()
      .toBuffer();
    server = createServer((request, response) => {
      if (request.url === '/photo.jpg') response.end(photo);
      else if (request.url === '/busy.jpg') response.writeHead(503).end();
      else if (request.url === '/page.html') response.end('<h1>not an image</h1>');
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await lab.close();
    server.close();
  });

  const request = async (path: string) => {
    const [id] = await lab.db.write(store, (writer) =>
      lab.get(Images).request(writer, [`${base}${path}`]),
    );
    await lab.drain();
    const image = await lab.db.read(store, (reader) => lab.get(Images).get(reader, id as string));
    return image;
  };

  it('fetches an image, makes its sizes and serves the nearest', async () => {
    const image = await request('/photo.jpg');
    expect(image).toMatchObject({ state: 'ready', width: 900, height: 600 });
    const files = lab.get(AssetFiles);
    const widths = await Promise.all(
      [1, 400, 401, 5000].map(async (width) => {
        const size = await files.image(image.contentHash ?? '', width);
        if (!size) throw new Error('The image has no sizes.');
        const meta = await sharp(await buffer(size.stream)).metadata();
        return [meta.format, meta.width];
      }),
    );
    expect(widths).toEqual([
      ['webp', 200],
      ['webp', 400],
      ['webp', 800],
      ['webp', 900],
    ]);
    const ready = await lab.db.read(store, (reader) => lab.get(Images).ready(reader, [image.id]));
    expect(ready.get(image.id)?.src).toBe(`/cdn/i/${image.contentHash}/{width}.webp`);
  });

  it.each([
    ['/absent.jpg', 'failed', 'fetch.bad-status', false],
    ['/page.html', 'failed', 'media.not-an-image', false],
    ['/busy.jpg', 'pending', 'fetch.bad-status', true],
  ])('%s becomes %s', async (path, state, errorCode, again) => {
    const image = await request(path);
    expect(image).toMatchObject({ state, errorCode, attempts: 1 });
    expect(image.nextAt !== null).toBe(again);
    expect(image.error).not.toBeNull();
  });

  it('publishes, keeps what is needed, and collects the rest after two days', async () => {
    const blobs = lab.get(Blobs);
    const blobStore = lab.get(BlobStore);
    const owner = { kind: 'test', id: newId() };
    const files = [{ bytes: Buffer.from('body{}'.repeat(500)), mime: 'text/css' }];
    const [hash = ''] = await lab.db.write(store, (writer) => blobs.claim(writer, owner, files));
    await blobs.upload(files);
    const asset = await lab.get(AssetFiles).asset(hash.slice(0, 16), 'br');
    expect(asset?.encoding).toBe('br');
    asset?.stream.destroy();
    const age = (hours: number) =>
      lab.db.acrossStores('make a blob older in a test', (tx) =>
        tx.execute(
          `UPDATE blobs SET created_at = created_at - make_interval(hours => $2),
             condemned_at = condemned_at - make_interval(hours => $2) WHERE hash = $1`,
          [hash, hours],
        ),
      );
    await age(2);
    expect(await collectBlobs(lab.db, blobStore)).toEqual({ condemned: 0, deleted: 0 });
    await lab.db.write(store, (writer) => blobs.release(writer, owner));
    expect(await collectBlobs(lab.db, blobStore)).toEqual({ condemned: 1, deleted: 0 });
    // Somebody publishes the same content again: it comes back to life.
    await lab.db.write(store, (writer) => blobs.claim(writer, owner, files));
    await age(49);
    expect(await collectBlobs(lab.db, blobStore)).toEqual({ condemned: 0, deleted: 0 });
    await lab.db.write(store, (writer) => blobs.release(writer, owner));
    await collectBlobs(lab.db, blobStore);
    await age(49);
    expect(await collectBlobs(lab.db, blobStore)).toEqual({ condemned: 0, deleted: 1 });
    expect(await blobStore.head(blobKey(hash))).toBeNull();
  });

  it('keeps files of the platform where no browser finds them, and collects them as well', async () => {
    const blobs = lab.get(Blobs);
    const blobStore = lab.get(BlobStore);
    const owner = { kind: 'test', id: newId() };
    const files = [{ bytes: Buffer.from('{{secret}}'), mime: 'text/plain', private: true }];
    const [hash = ''] = await lab.db.write(store, (writer) => blobs.claim(writer, owner, files));
    await blobs.upload(files);
    expect(await lab.get(AssetFiles).asset(hash.slice(0, 16), undefined)).toBeNull();
    const opened = await blobs.open(hash);
    expect(opened && (await buffer(opened)).toString()).toBe('{{secret}}');
    await lab.db.write(store, (writer) => blobs.release(writer, owner));
    await lab.db.acrossStores('make a blob old in a test', (tx) =>
      tx.execute(
        `UPDATE blobs SET created_at = now() - interval '9 days', condemned_at = now() - interval '3 days'
         WHERE hash = $1`,
        [hash],
      ),
    );
    expect(await collectBlobs(lab.db, blobStore)).toMatchObject({ deleted: 1 });
    expect(await blobs.open(hash)).toBeNull();
  });
});
