import { brotliCompressSync, brotliDecompressSync, gunzipSync } from 'node:zlib';
import { bodyHash, brotliFor } from '../page-bytes';
import type { ShopRequest, ShopResponse } from '../shop-request';
import { encodeResponse, toWire } from './send-response';

const request = (headers: ShopRequest['headers'] = {}, method = 'GET'): ShopRequest => ({
  id: 'r',
  method,
  target: '/',
  hosts: ['a.test'],
  secure: false,
  servername: null,
  headers,
  ip: '127.0.0.1',
  body: Buffer.alloc(0),
});
const html = (text: string): ShopResponse => ({
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: Buffer.from(text),
});

describe('the last station', () => {
  const long = 'a page with words. '.repeat(200);

  it('compresses text once and decodes to identical bytes', async () => {
    const page = await encodeResponse(await encodeResponse(html(long), 'br'), 'gzip');
    const br = toWire(request({ 'accept-encoding': 'br' }), page);
    const zipped = toWire(request({ 'accept-encoding': 'gzip' }), page);
    expect(brotliDecompressSync(br.body).toString()).toBe(long);
    expect(gunzipSync(zipped.body).toString()).toBe(long);
    expect(br.headers).toMatchObject({ 'content-encoding': 'br', vary: 'Accept-Encoding' });
    expect(toWire(request(), page).body.toString()).toBe(long);
    const varied = { ...page, headers: { ...page.headers, vary: 'Cookie' } };
    expect(toWire(request(), varied).headers.vary).toBe('Cookie, Accept-Encoding');
  });

  it('gives each encoding a validator of its own and answers 304 to it', async () => {
    const page = await encodeResponse(html(long), 'br');
    const br = toWire(request({ 'accept-encoding': 'br' }), page);
    const plain = toWire(request(), page);
    expect(br.headers.etag).not.toBe(plain.headers.etag);
    const again = toWire(
      request({ 'accept-encoding': 'br', 'if-none-match': `"x", W/${String(br.headers.etag)}` }),
      page,
    );
    expect([again.status, again.body.length]).toEqual([304, 0]);
    expect(again.headers).not.toHaveProperty('content-length');
    const other = toWire(request({ 'if-none-match': String(br.headers.etag) }), page);
    expect(other.status).toBe(200);
  });

  it('answers HEAD with the length and no body', () => {
    const wire = toWire(request({}, 'HEAD'), html('hello'));
    expect([wire.headers['content-length'], wire.body.length]).toEqual(['5', 0]);
  });

  it('leaves small and binary bodies alone', async () => {
    expect((await encodeResponse(html('short'), 'br')).encoded).toBeUndefined();
    const png = { ...html(long), headers: { 'content-type': 'image/png' } };
    expect((await encodeResponse(png, 'br')).encoded).toBeUndefined();
  });

  it('does not pack twice what is packed', async () => {
    const packed = {
      ...html(long),
      headers: { 'content-type': 'text/css', 'content-encoding': 'br' },
    };
    const wire = toWire(request({ 'accept-encoding': 'br' }), await encodeResponse(packed, 'br'));
    expect(wire.body.toString()).toBe(long);
    expect(wire.headers['content-encoding']).toBe('br');
  });

  it('answers a page that came packed as one that did not, whatever is accepted', async () => {
    const plain = html(long);
    const packed: ShopResponse = {
      ...plain,
      body: brotliCompressSync(plain.body, brotliFor(plain.body)),
      packed: true,
      hash: bodyHash(plain.body),
    };
    for (const accept of ['br', 'gzip', undefined, 'identity', 'gzip, br;q=0', '*']) {
      const asked = request(accept === undefined ? {} : { 'accept-encoding': accept });
      const [one, other] = await Promise.all(
        [packed, { ...plain }].map(async (page) =>
          toWire(asked, await encodeResponse(page, accept)),
        ),
      );
      expect(one).toEqual(other);
    }
  });

  it('never answers an error with 304', () => {
    const lost = { ...html('lost'), status: 404 };
    expect(toWire(request({ 'if-none-match': '*' }), lost).status).toBe(404);
  });
});
