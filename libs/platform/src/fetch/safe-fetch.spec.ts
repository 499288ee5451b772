import { once } from 'node:events';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { isPublicAddress, safeFetch } from './index';

type Answer = (req: IncomingMessage, res: ServerResponse) => void;

let server: Server;
let answer: Answer;
let asked: string[];
let base: string;
let port: number;
const lab = { allowPrivate: true };

beforeAll(async () => {
  server = createServer((req, res) => {
    asked.push(`${req.method} ${req.headers.host} ${req.url}`);
    answer(req, res);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
  base = `http://127.0.0.1:${port}`;
});

beforeEach(() => {
  asked = [];
  answer = (_, res) => res.end('hello');
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'fetched',
    (error: { code?: string; message: string }) => error.code ?? error.message,
  );
}

describe('isPublicAddress', () => {
  it.each([
    '8.8.8.8',
    '1.1.1.1',
    '100.63.255.255',
    '100.128.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '198.17.255.255',
    '198.20.0.0',
    '223.255.255.255',
    '11.0.0.0',
    '2606:4700:4700::1111',
    '2a00:1450:4001::1',
    '::ffff:8.8.8.8',
    '::ffff:808:808',
    '64:ff9b::8.8.8.8',
    '64:ff9b::808:808',
  ])('%s is', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '10.255.255.255',
    '100.64.0.1',
    '100.100.100.200',
    '127.0.0.1',
    '127.255.255.255',
    '168.63.129.16',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.192',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.0.1',
    '198.18.0.1',
    '198.19.255.255',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '239.1.1.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:10.0.0.1',
    '::ffff:a9fe:a9fe',
    '::ffff:0.0.0.0',
    '64:ff9b::7f00:1',
    '64:ff9b::',
    '64:ff9b::169.254.169.254',
    '64:ff9b:1::1',
    '100::1',
    '2001::1',
    '2001:0:1::',
    '2001:2::1',
    '2001:10::1',
    '2001:20::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '2002:808:808::1',
    '3fff::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    '2606:4700::1%eth0',
    'fec0::1',
    'ff02::1',
    '5f00::1',
    '4000::1',
    'localhost',
    '',
    '0x7f.1',
    '1.2.3',
    '127.1',
  ])('%s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('safeFetch against our own network', () => {
  it.each([
    '127.0.0.1',
    'localhost',
    '127.1',
    '127.0.1',
    '0x7f.1',
    '0x7f000001',
    '2130706433',
    '017700000001',
    '0177.0.0.1',
    '0',
    '0.0.0.0',
    '[::1]',
    '[::]',
    '[0:0::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '[fe80::1]',
    '[fd00:ec2::254]',
    '169.254.169.254',
    '0xa9fea9fe',
    '2852039166',
    '10.0.0.1',
    '0xa.1',
    '192.168.1.1',
    '172.16.0.1',
    '100.64.0.1',
    '１２７.０.０.１',
    '127。0。0。1',
    '①②⑦.⓪.⓪.①',
    '%31%32%37.0.0.1',
    '127.0.0.1.',
  ])('refuses http://%s/', async (host) => {
    expect(await codeOf(safeFetch(`http://${host}/`))).toBe('fetch.private-address');
    expect(await codeOf(safeFetch(`https://${host}/`))).toBe('fetch.private-address');
  });

  it('refuses a name if any of its addresses is private', async () => {
    const resolve = () => Promise.resolve(['93.184.216.34', '10.0.0.1']);
    expect(await codeOf(safeFetch('http://shop.example/', { resolve }))).toBe(
      'fetch.private-address',
    );
  });

  it('connects to what it checked: a name is looked up once', async () => {
    const resolve = jest.fn(() => Promise.resolve(['127.0.0.1']));
    const { body } = await safeFetch(`http://shop.example:${port}/x`, { ...lab, resolve });
    expect(body.toString()).toBe('hello');
    expect(resolve.mock.calls).toEqual([['shop.example']]);
    expect(asked).toEqual([`GET shop.example:${port} /x`]);
  });

  it('takes the next address when the first does not answer', async () => {
    const resolve = () => Promise.resolve(['127.0.0.2', '127.0.0.1']);
    expect((await safeFetch(`http://two.example:${port}/`, { ...lab, resolve })).status).toBe(200);
  });

  it.each([
    'ftp://example.com/',
    'file:///etc/passwd',
    'data:text/plain,x',
    'javascript:1',
    'gopher://example.com/',
    'not a url',
    '//example.com',
    'http://',
    'http://1.2.3.4.5/',
    'http://user:pass@example.com/',
    'http://user@example.com/',
    'http://example.com:22/',
    'https://example.com:6379/',
    'http://127.0.0.1:8080/',
    'http://example.com:0/',
    'http://0x100000000/',
  ])('refuses %s', async (address) => {
    expect(await codeOf(safeFetch(address))).toBe('fetch.bad-address');
  });

  it('lets a port pass that is allowed by name, but not the address behind it', async () => {
    expect(await codeOf(safeFetch(`${base}/`, { ports: [port] }))).toBe('fetch.private-address');
    expect(asked).toEqual([]);
  });
});

describe('safeFetch and redirects', () => {
  it('follows five, and no sixth', async () => {
    answer = (req, res) => {
      const left = Number(req.url?.slice(1));
      if (left === 0) res.end('end');
      else res.writeHead(302, { location: `/${left - 1}` }).end();
    };
    const { url, body } = await safeFetch(`${base}/5`, lab);
    expect([url, body.toString()]).toEqual([`${base}/0`, 'end']);
    expect(await codeOf(safeFetch(`${base}/6`, lab))).toBe('fetch.too-many-redirects');
  });

  it.each(['ftp://example.com/', 'file:///etc/passwd', 'http://user:x@example.com/', 'http://'])(
    'checks where one leads: %s',
    async (location) => {
      answer = (_, res) => res.writeHead(302, { location }).end();
      expect(await codeOf(safeFetch(base, lab))).toBe('fetch.bad-address');
    },
  );

  it('keeps credentials with their origin, and makes GET of a POST that moved', async () => {
    const seen: unknown[] = [];
    answer = (req, res) => {
      seen.push([req.method, req.headers.authorization, req.headers['content-type']]);
      if (req.url === '/') res.writeHead(302, { location: '/same' }).end();
      else if (req.url === '/same') {
        res.writeHead(307, { location: `http://localhost:${port}/other` }).end();
      } else res.end();
    };
    const headers = { authorization: 'Bearer x', 'content-type': 'text/plain' };
    await safeFetch(base, { ...lab, method: 'POST', body: 'x', headers });
    expect(seen).toEqual([
      ['POST', 'Bearer x', 'text/plain'],
      ['GET', 'Bearer x', undefined],
      ['GET', undefined, undefined],
    ]);
  });

  it('can leave one as the answer', async () => {
    answer = (_, res) => res.writeHead(302, { location: '/x' }).end();
    const found = await safeFetch(base, { ...lab, maxRedirects: 0, anyStatus: true });
    expect(found.status).toBe(302);
  });
});

describe('safeFetch and its limits', () => {
  it('sends what it was given and reads the answer', async () => {
    answer = (req, res) => void req.pipe(res.writeHead(201, { 'x-from': 'server' }));
    const body = Buffer.from('content');
    const found = await safeFetch(base, { ...lab, method: 'PUT', body });
    expect([found.status, found.headers.get('x-from'), found.body]).toEqual([201, 'server', body]);
  });

  it('stops at the limit, to the byte', async () => {
    answer = (_, res) => res.end(Buffer.alloc(1000));
    expect(await codeOf(safeFetch(base, { ...lab, maxBytes: 999 }))).toBe('fetch.too-large');
    expect((await safeFetch(base, { ...lab, maxBytes: 1000 })).body).toHaveLength(1000);
  });

  it('leaves off what is more where the beginning is enough', async () => {
    answer = (_, res) => res.end(Buffer.alloc(5_000_000));
    const cut = await safeFetch(base, { ...lab, maxBytes: 999, cutBody: true });
    expect(cut.body).toHaveLength(999);
  });

  it('counts unpacked bytes', async () => {
    const bomb = gzipSync(Buffer.alloc(10_000_000));
    answer = (_, res) => res.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    expect(await codeOf(safeFetch(base, { ...lab, maxBytes: 100_000 }))).toBe('fetch.too-large');
  });

  it('gives up on a server that is silent, and on one that drips', async () => {
    answer = () => undefined;
    expect(await codeOf(safeFetch(base, { ...lab, timeoutMs: 60 }))).toBe('fetch.timeout');
    answer = (_, res) => {
      const drip = setInterval(() => res.write('x'), 10);
      res.on('close', () => clearInterval(drip));
    };
    expect(await codeOf(safeFetch(base, { ...lab, timeoutMs: 100 }))).toBe('fetch.timeout');
  });

  it('gives up on a name that does not resolve in time', async () => {
    const resolve = () => new Promise<string[]>(() => undefined);
    const work = safeFetch('http://never.example/', { resolve, timeoutMs: 50 });
    expect(await codeOf(work)).toBe('fetch.timeout');
  });

  it('stops when the caller does, with his reason', async () => {
    const stop = new AbortController();
    answer = () => stop.abort(new Error('changed my mind'));
    expect(await codeOf(safeFetch(base, { ...lab, signal: stop.signal }))).toBe('changed my mind');
  });

  it('names what went wrong', async () => {
    answer = (_, res) => res.writeHead(404).end();
    expect(await codeOf(safeFetch(base, lab))).toBe('fetch.bad-status');
    expect((await safeFetch(base, { ...lab, anyStatus: true })).status).toBe(404);
    answer = (req) => req.socket.destroy();
    expect(await codeOf(safeFetch(base, lab))).toBe('fetch.failed');
    const resolve = () => Promise.reject(new Error('ENOTFOUND'));
    expect(await codeOf(safeFetch('http://none.example/', { resolve }))).toBe('fetch.unresolved');
  });
});
