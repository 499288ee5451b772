import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { DeploymentPorts } from './deployment';

/** How a page is asked for. */
export interface Ask {
  method?: string;
  headers?: Record<string, string>;
  /** Trusted root: the page is asked for over HTTPS, and a certificate that does not fit is an error. */
  rootPem?: string;
  body?: string;
  /** After so many milliseconds without a byte the request is given up; without it, never. */
  silentMs?: number;
}

/** What came back, its body unpacked. */
export interface PageAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  bytes: Buffer;
}

/** Asks a storefront as a program without a name server does: by address, with the Host header of the shop. */
export async function ask(
  ports: Pick<DeploymentPorts, 'shop' | 'tls'>,
  host: string,
  path: string,
  { method = 'GET', headers = {}, rootPem, body, silentMs }: Ask = {},
): Promise<PageAnswer> {
  const port = rootPem === undefined ? ports.shop : ports.tls;
  const options = {
    method,
    path,
    port,
    host: '127.0.0.1',
    headers: { host: `${host}:${port}`, ...headers },
    agent: false as const,
  };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const request =
      rootPem === undefined
        ? plainRequest(options, resolve)
        : secureRequest({ ...options, servername: host, ca: rootPem }, resolve);
    request.once('error', reject);
    if (silentMs !== undefined)
      request.setTimeout(silentMs, () => request.destroy(new Error('No answer came.')));
    request.end(body);
  });
  const bytes = unpack(await buffer(answer), answer.headers['content-encoding']);
  return {
    status: answer.statusCode ?? 0,
    headers: answer.headers,
    bytes,
    text: bytes.toString('utf8'),
  };
}

function unpack(bytes: Buffer, encoding: string | undefined): Buffer {
  if (bytes.length === 0) return bytes;
  if (encoding === 'br') return brotliDecompressSync(bytes);
  return encoding === 'gzip' ? gunzipSync(bytes) : bytes;
}
