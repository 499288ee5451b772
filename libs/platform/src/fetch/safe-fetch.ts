import { Agent, type Response, fetch } from 'undici';
import { AppError } from '@libs/kernel';
import { fetchErrors } from './fetch.errors';
import { type ConnectRules, guardedConnect } from './guarded-connect';

/** What to ask and how much to bear. */
export interface SafeFetchOptions extends Partial<ConnectRules> {
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** Of the answer, unpacked. */
  maxBytes?: number;
  /** Leaves off what is more, instead of refusing the answer. */
  cutBody?: boolean;
  /** For everything together: look-up, redirects, body. */
  timeoutMs?: number;
  signal?: AbortSignal;
  /** Besides 80 and 443. */
  ports?: readonly number[];
  /** 0 makes a redirect an answer like any other. */
  maxRedirects?: number;
  /** Lets an answer other than 2xx be an answer, not an error. */
  anyStatus?: boolean;
}

/** An answer, read to its end. */
export interface Fetched {
  status: number;
  headers: Headers;
  /** Where the last redirect led. */
  url: string;
  body: Buffer;
}

interface Hop {
  url: URL;
  method: string;
  headers: Record<string, string>;
  body: string | Buffer | undefined;
}

const defaults = { maxBytes: 5 * 1024 * 1024, timeoutMs: 10_000, maxRedirects: 5 };

/**
 * Reads an address that somebody else chose, without letting it reach into our own network (server-side request
 * forgery): http and https on their ports, every address of every hop checked and connected to as checked.
 * `allowPrivate` drops the checks of address and port, for development and tests.
 * @throws AppError `fetch.bad-address`, `.private-address`, `.unresolved`, `.failed`, `.timeout`, `.bad-status`,
 *   `.too-large`, `.too-many-redirects`; the reason of `signal` when the caller gave up
 */
export async function safeFetch(address: string, options: SafeFetchOptions = {}): Promise<Fetched> {
  const { timeoutMs = defaults.timeoutMs, allowPrivate = false, resolve, signal } = options;
  const timeout = AbortSignal.timeout(timeoutMs);
  const agent = new Agent({ connect: guardedConnect({ allowPrivate, resolve }), pipelining: 0 });
  let host = '';
  try {
    const url = checkAddress(address, options);
    host = url.hostname;
    const { method = 'GET', headers = {}, body } = options;
    const either = signal ? AbortSignal.any([signal, timeout]) : timeout;
    return await follow({ url, method, headers, body }, options, { agent, signal: either });
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (timeout.aborted) throw fetchErrors.error('timeout', { host, seconds: timeoutMs / 1000 });
    throw causeOf(error) ?? fetchErrors.error('failed', { host }, { cause: error });
  } finally {
    await agent.destroy();
  }
}

async function follow(
  first: Hop,
  options: SafeFetchOptions,
  line: { agent: Agent; signal: AbortSignal },
): Promise<Fetched> {
  const { maxRedirects = defaults.maxRedirects } = options;
  let hop = first;
  for (let redirects = 0; ; redirects++) {
    const { url, ...request } = hop;
    const response = await fetch(url, {
      ...request,
      redirect: 'manual',
      dispatcher: line.agent,
      signal: line.signal,
    });
    const location = maxRedirects > 0 ? locationOf(response) : null;
    if (location === null) return readAnswer(response, url, options);
    await response.body?.cancel();
    if (redirects === maxRedirects) {
      throw fetchErrors.error('too-many-redirects', { limit: maxRedirects });
    }
    hop = nextHop(hop, checkAddress(location, options, url.href), response.status);
  }
}

function checkAddress(
  address: string,
  { ports = [], allowPrivate = false }: SafeFetchOptions,
  base?: string,
): URL {
  const bad = (reason: string) => fetchErrors.error('bad-address', { reason });
  if (!URL.canParse(address, base)) throw bad('it is not a web address');
  const url = new URL(address, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw bad('only http and https work');
  if (url.username || url.password) throw bad('it carries a user name or password');
  // The parser leaves a port out when it is the protocol's own.
  const usual = ['', '80', '443'].includes(url.port) || ports.includes(Number(url.port));
  if (!usual && !allowPrivate) throw bad(`the port ${url.port} is not for web pages`);
  return url;
}

function locationOf({ status, headers }: Response): string | null {
  return [301, 302, 303, 307, 308].includes(status) ? headers.get('location') : null;
}

/** What a browser would do (Fetch, 4.4): the method may become GET, and credentials stay with their origin. */
function nextHop({ url, method, headers, body }: Hop, to: URL, status: number): Hop {
  const becomesGet =
    (status === 303 && method !== 'HEAD') || ([301, 302].includes(status) && method === 'POST');
  const dropped = [
    ...(becomesGet ? ['content-type', 'content-length', 'content-encoding'] : []),
    ...(to.origin === url.origin ? [] : ['authorization', 'cookie', 'proxy-authorization']),
  ];
  const kept = Object.entries(headers).filter(([name]) => !dropped.includes(name.toLowerCase()));
  return {
    url: to,
    method: becomesGet ? 'GET' : method,
    headers: Object.fromEntries(kept),
    body: becomesGet ? undefined : body,
  };
}

async function readAnswer(
  response: Response,
  url: URL,
  { maxBytes: limit = defaults.maxBytes, anyStatus = false, cutBody = false }: SafeFetchOptions,
): Promise<Fetched> {
  const { status, headers } = response;
  const host = url.hostname;
  if (!anyStatus && !response.ok) throw fetchErrors.error('bad-status', { host, status });
  const chunks: Buffer[] = [];
  let size = 0;
  // What was packed counts unpacked, so that a small bomb stays small.
  for await (const chunk of response.body ?? []) {
    size += (chunk as Uint8Array).length;
    if (size > limit && !cutBody) throw fetchErrors.error('too-large', { host, limit });
    chunks.push(Buffer.from(chunk as Uint8Array));
    if (size > limit) break;
  }
  const body = Buffer.concat(chunks).subarray(0, limit);
  return { status, headers: new Headers([...headers]), url: url.href, body };
}

/** undici wraps what its connector throws. */
function causeOf(error: unknown): AppError | null {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if (at instanceof AppError) return at;
  }
  return null;
}
