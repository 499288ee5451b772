import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import {
  type Http2SecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
  createSecureServer,
} from 'node:http2';
import type { SecureContext, TLSSocket } from 'node:tls';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@platform/config';
import { Log, withLogContext } from '@platform/telemetry';
import { Pipeline } from './pipeline';
import { mostPreviewBytes, previewDataPath } from './preview/preview-paths';
import { plainPage } from './5-send-response/plain-page';
import { encodeResponse, toWire } from './5-send-response/send-response';
import type { ShopRequest } from './shop-request';
import { toldCountry } from './told-country';
import { Certificates } from './tls/certificates';

type AnyRequest = IncomingMessage | Http2ServerRequest;
type AnyResponse = ServerResponse | Http2ServerResponse;

/** A form of a shop is small; files are not taken here. */
const mostBodyBytes = 256 * 1024;
const headersTimeoutMs = 10_000;
const requestTimeoutMs = 20_000;
const keepAliveMs = 65_000;

/**
 * The shopper's door: HTTP for challenges, redirects and platform names, HTTPS with HTTP/2 by server name. Both hand
 * the same kind of request to the pipeline; nothing here knows about stores.
 */
@Injectable()
export class ShopServer {
  private readonly plain: Server;
  private readonly secure: Http2SecureServer;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Log) private readonly log: Log,
    @Inject(Pipeline) private readonly pipeline: Pipeline,
    @Inject(Certificates) certificates: Certificates,
  ) {
    const handle = (request: AnyRequest, response: AnyResponse): void => {
      void this.answer(request, response);
    };
    this.plain = createServer({ maxHeaderSize: 16 * 1024 }, handle);
    this.plain.headersTimeout = headersTimeoutMs;
    this.plain.requestTimeout = requestTimeoutMs;
    this.plain.keepAliveTimeout = keepAliveMs;
    this.secure = createSecureServer(
      {
        allowHTTP1: true,
        settings: { maxConcurrentStreams: 100 },
        SNICallback: (name, done) => {
          void offer(certificates, name, done);
        },
      },
      handle,
    );
    this.secure.on('session', (session) => session.setTimeout(keepAliveMs, () => session.close()));
    this.secure.on('tlsClientError', () => undefined);
  }

  /** Begins to answer on both ports; 0 takes a free one. Throws EADDRINUSE when one is taken. */
  async listen(): Promise<{ port: number; tlsPort: number }> {
    const { port, tlsPort } = this.config.shop;
    return {
      port: await open(this.plain, port, this.config.bind),
      tlsPort: await open(this.secure, tlsPort, this.config.bind),
    };
  }

  /** Lets running answers end, then closes. */
  async close(): Promise<void> {
    const closed = [this.plain, this.secure].map(
      (server) => new Promise<void>((resolve) => server.close(() => resolve())),
    );
    this.plain.closeIdleConnections();
    const timer = setTimeout(() => this.plain.closeAllConnections(), 5_000);
    await Promise.race([
      Promise.all(closed),
      new Promise((resolve) => setTimeout(resolve, 6_000).unref()),
    ]);
    clearTimeout(timer);
  }

  private async answer(incoming: AnyRequest, outgoing: AnyResponse): Promise<void> {
    const id = requestId(incoming);
    await withLogContext({ requestId: id }, async () => {
      let request: ShopRequest | null = null;
      try {
        request = await this.read(incoming, id);
        if (!request) {
          outgoing.writeHead(413, { connection: 'close' }).end();
          return;
        }
        const response = await encodeResponse(
          await this.pipeline.handle(request),
          request.headers['accept-encoding'],
        );
        this.send(request, outgoing, toWire(request, response));
      } catch (error) {
        this.log.error({ err: error, target: incoming.url }, 'a page failed');
        if (outgoing.headersSent || !request) outgoing.end();
        else this.send(request, outgoing, toWire(request, plainPage('failed', id)));
      }
    });
  }

  private send(
    request: ShopRequest,
    outgoing: AnyResponse,
    { status, headers, body }: ReturnType<typeof toWire>,
  ): void {
    outgoing.writeHead(status, { ...headers, 'x-request-id': request.id });
    outgoing.end(body);
  }

  /** Null when the body is too large. */
  private async read(incoming: AnyRequest, id: string): Promise<ShopRequest | null> {
    const body = await bodyOf(incoming);
    if (!body) return null;
    // Only a TLS socket knows the word.
    const socket = incoming.socket as Partial<TLSSocket>;
    const encrypted = socket.encrypted ?? false;
    const peer = socket.remoteAddress ?? '';
    const { trustedProxies, countryHeader } = this.config.shop;
    const proxied = trustedProxies.includes(peer);
    const headers = flatten(incoming);
    return {
      id,
      method: incoming.method ?? 'GET',
      target: incoming.url ?? '/',
      hosts: hostsOf(incoming),
      secure: proxied ? headers['x-forwarded-proto'] === 'https' : encrypted,
      servername: (encrypted && socket.servername) || null,
      headers,
      ip: (proxied && headers['x-forwarded-for']?.split(',').at(-1)?.trim()) || peer,
      country: proxied && countryHeader !== null ? toldCountry(headers[countryHeader]) : null,
      body,
    };
  }
}

/** The body of a form; pages are asked for without one. Null when it is too large. */
async function bodyOf(incoming: AnyRequest): Promise<Buffer | null> {
  if (incoming.method === 'GET' || incoming.method === 'HEAD') {
    incoming.resume();
    return Buffer.alloc(0);
  }
  // What a developer's machine says of its theme is larger than any form.
  const most = incoming.url === previewDataPath ? mostPreviewBytes : mostBodyBytes;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > most) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Every Host header as it came, and HTTP/2's authority; equal ones of HTTP/2 count once. */
function hostsOf(incoming: AnyRequest): string[] {
  const hosts: string[] = [];
  for (let i = 0; i + 1 < incoming.rawHeaders.length; i += 2) {
    if (incoming.rawHeaders[i]?.toLowerCase() === 'host')
      hosts.push(incoming.rawHeaders[i + 1] ?? '');
  }
  const authority = incoming.headers[':authority'];
  if (typeof authority === 'string' && !hosts.includes(authority)) hosts.push(authority);
  return hosts;
}

function flatten({ headers }: AnyRequest): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );
}

function requestId({ headers }: AnyRequest): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
}

/** No context and no default certificate: the handshake ends, and nobody's certificate is shown. */
async function offer(
  certificates: Certificates,
  name: string,
  done: (error: Error | null, context?: SecureContext) => void,
): Promise<void> {
  const context = await certificates.contextFor(name);
  if (context) done(null, context);
  else done(new Error('unknown server name'));
}

function open(server: Server | Http2SecureServer, port: number, bind: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, bind, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}
