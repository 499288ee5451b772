import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What can go wrong once: an answer, a cut before or after the work, or a body that ends too early. */
export type S3Fault = 503 | 409 | 'reset' | 'lose-answer' | 'truncate';

interface StoredObject {
  body: Buffer;
  headers: Record<string, string>;
}

const keptHeaders = ['content-type', 'content-encoding', 'cache-control'];

/**
 * An S3 for tests: put, get with ranges, head, delete, list, uploads in parts, `If-None-Match`, and the framing of
 * streamed uploads, which s3rver stores as if it were content. It checks no signatures.
 */
export class S3Mock {
  readonly objects = new Map<string, StoredObject>();
  readonly uploads = new Map<string, { headers: Record<string, string>; parts: Buffer[] }>();
  /** Every request as `METHOD key`. */
  readonly requests: string[] = [];
  private readonly faults: { method: string; fault: S3Fault }[] = [];

  private constructor(private readonly server: Server) {}

  /** Starts on a free port of this machine. */
  static async start(): Promise<S3Mock> {
    const mock: S3Mock = new S3Mock(createServer((req, res) => void mock.answer(req, res)));
    mock.server.listen(0, '127.0.0.1');
    await once(mock.server, 'listening');
    return mock;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Lets the next requests with this method fail, one fault each; `COMPLETE` is the POST that ends an upload. */
  fail(
    method: 'PUT' | 'GET' | 'HEAD' | 'DELETE' | 'POST' | 'COMPLETE',
    ...faults: S3Fault[]
  ): void {
    this.faults.push(...faults.map((fault) => ({ method, fault })));
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(req.url ?? '/', 'http://s3');
    const key = decodeURIComponent(pathname.split('/').slice(2).join('/'));
    const method = req.method ?? '';
    this.requests.push(`${method} ${key}`);
    const completes = method === 'POST' && searchParams.has('uploadId');
    const fault = this.takeFault(completes ? 'COMPLETE' : method);
    const body = unframe(req, await buffer(req));
    if (fault === 'reset') return void req.socket.destroy();
    if (typeof fault === 'number') return refuse(res, fault);
    if (fault === 'lose-answer') {
      res.end = () => {
        req.socket.destroy();
        return res;
      };
    }
    if (searchParams.has('uploads') || searchParams.has('uploadId')) {
      this.multipart(req, res, { key, body, query: searchParams });
    } else if (method === 'PUT') this.put(req, res, key, body);
    else if (method === 'DELETE') {
      this.objects.delete(key);
      res.writeHead(204).end();
    } else if (searchParams.has('list-type')) this.list(res, searchParams);
    else this.get(req, res, key, fault === 'truncate');
  }

  private takeFault(method: string): S3Fault | undefined {
    const at = this.faults.findIndex((planned) => planned.method === method);
    return at < 0 ? undefined : this.faults.splice(at, 1)[0]?.fault;
  }

  private put(req: IncomingMessage, res: ServerResponse, key: string, body: Buffer): void {
    if (req.headers['if-none-match'] === '*' && this.objects.has(key)) return refuse(res, 412);
    this.objects.set(key, { body, headers: pickHeaders(req) });
    res.writeHead(200, { etag: etag(body) }).end();
  }

  private get(req: IncomingMessage, res: ServerResponse, key: string, truncate: boolean): void {
    const found = this.objects.get(key);
    if (!found) return refuse(res, 404, 'NoSuchKey');
    const { length } = found.body;
    const range = /^bytes=(\d+)-(\d*)$/.exec(req.headers.range ?? '');
    const start = Number(range?.[1] ?? 0);
    const end = Math.min(Number(range?.[2] || length - 1), length - 1);
    if (range && start >= length) return refuse(res, 416, 'InvalidRange');
    const part = found.body.subarray(start, end + 1);
    const contentRange = range ? { 'content-range': `bytes ${start}-${end}/${length}` } : {};
    res.writeHead(range ? 206 : 200, {
      ...found.headers,
      ...contentRange,
      'content-length': part.length,
      etag: etag(found.body),
    });
    if (!truncate) return void res.end(req.method === 'HEAD' ? undefined : part);
    res.write(part.subarray(0, part.length / 2), () => req.socket.destroy());
  }

  private list(res: ServerResponse, query: URLSearchParams): void {
    const limit = Number(query.get('max-keys') ?? 1000);
    const keys = [...this.objects.keys()]
      .filter((key) => key.startsWith(query.get('prefix') ?? ''))
      .filter((key) => key > (query.get('start-after') ?? ''))
      .sort((a, b) => (a < b ? -1 : 1));
    const lines = keys.slice(0, limit).map((key) => {
      const size = this.objects.get(key)?.body.length;
      return `<Contents><Key>${key}</Key><Size>${size}</Size></Contents>`;
    });
    const truncated = `<IsTruncated>${keys.length > limit}</IsTruncated>`;
    xml(res, 200, `<ListBucketResult>${truncated}${lines.join('')}</ListBucketResult>`);
  }

  private multipart(
    req: IncomingMessage,
    res: ServerResponse,
    { key, body, query }: { key: string; body: Buffer; query: URLSearchParams },
  ): void {
    if (query.has('uploads')) {
      const id = `upload-${this.requests.length}`;
      this.uploads.set(id, { headers: pickHeaders(req), parts: [] });
      const result = `<UploadId>${id}</UploadId>`;
      return xml(
        res,
        200,
        `<InitiateMultipartUploadResult>${result}</InitiateMultipartUploadResult>`,
      );
    }
    const id = query.get('uploadId') ?? '';
    const upload = this.uploads.get(id);
    if (!upload) return refuse(res, 404, 'NoSuchUpload');
    if (req.method === 'PUT') {
      upload.parts[Number(query.get('partNumber')) - 1] = body;
      return void res.writeHead(200, { etag: etag(body) }).end();
    }
    if (req.method === 'DELETE') {
      this.uploads.delete(id);
      return void res.writeHead(204).end();
    }
    if (req.headers['if-none-match'] === '*' && this.objects.has(key)) return refuse(res, 412);
    this.uploads.delete(id);
    this.objects.set(key, { body: Buffer.concat(upload.parts), headers: upload.headers });
    xml(res, 200, '<CompleteMultipartUploadResult></CompleteMultipartUploadResult>');
  }
}

const codes: Record<number, string> = {
  409: 'ConditionalRequestConflict',
  412: 'PreconditionFailed',
  503: 'SlowDown',
};

function refuse(res: ServerResponse, status: number, code = codes[status]): void {
  xml(res, status, `<Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}

function xml(res: ServerResponse, status: number, body: string): void {
  res.writeHead(status, { 'content-type': 'application/xml' });
  res.end(`<?xml version="1.0" encoding="UTF-8"?>${body}`);
}

function etag(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}

function pickHeaders({ headers }: IncomingMessage): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const name of keptHeaders) {
    const value = String(headers[name] ?? '').replace(/^aws-chunked,?/, '');
    if (value) picked[name] = value;
  }
  return picked;
}

/** Takes the content out of `aws-chunked` framing: `size;extension CRLF bytes CRLF ... 0 CRLF trailers`. */
function unframe(req: IncomingMessage, body: Buffer): Buffer {
  if (!String(req.headers['x-amz-content-sha256']).startsWith('STREAMING-')) return body;
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const lineEnd = body.indexOf('\r\n', at);
    const size = parseInt(body.toString('latin1', at, lineEnd), 16);
    if (!(size > 0)) return Buffer.concat(parts);
    parts.push(body.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}
