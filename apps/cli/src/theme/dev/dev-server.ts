import { readFileSync } from 'node:fs';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { linkCss } from '@libs/template-engine';
import { CliError, exitCodes } from '../../cli-error';
import type { LocalPages } from './local-pages';
import type { LocalThemeFolder } from './local-theme';
import {
  type CartSections,
  type SectionRequest,
  cartSections,
  cookieAfter,
  isPageRequest,
  sectionRequest,
} from './section-requests';
import type { StoreData } from './store-data';

/** What the server serves from. */
export interface DevSources {
  theme: LocalThemeFolder;
  store: StoreData;
  pages: LocalPages;
  /** Told of every fault, for the terminal. */
  onFault: (sentence: string) => void;
}

const types: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  json: 'application/json; charset=utf-8',
  woff2: 'font/woff2',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  avif: 'image/avif',
};

/** The local address of a store: pages of the local theme, all else the store's own. On this machine only. */
export class DevServer {
  private readonly server: Server;
  private readonly listeners = new Map<ServerResponse, string>();
  private readonly client: Buffer;
  private port = 0;

  constructor(private readonly sources: DevSources) {
    this.client = clientScript();
    this.server = createServer((request, response) => {
      this.answer(request, response).catch((error: unknown) => this.fail(response, error));
    });
  }

  /** @returns its address @throws CliError when the port is taken */
  listen(port: number): Promise<string> {
    return new Promise((resolve, reject) => {
      this.server.once('error', (error: NodeJS.ErrnoException) => {
        reject(new CliError(portSentence(port, error), exitCodes.unusable, 'cli.port-taken'));
      });
      this.server.listen(port, '127.0.0.1', () => {
        const address = this.server.address();
        this.port = typeof address === 'object' && address ? address.port : port;
        resolve(`http://localhost:${this.port}`);
      });
    });
  }

  /** Sends every open page what changed in it. */
  async push(): Promise<void> {
    await Promise.all(
      [...this.listeners].map(async ([response, page]) => {
        try {
          const patch = await this.sources.pages.refresh(page);
          if (patch) response.write(`data: ${JSON.stringify(patch)}\n\n`);
        } catch (error) {
          this.sources.onFault(messageOf(error));
        }
      }),
    );
  }

  /** Ends every connection. */
  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Another site's name that leads to this machine must not read a store's data through it.
    const own = [`localhost:${this.port}`, `127.0.0.1:${this.port}`];
    if (!own.includes(request.headers.host ?? '')) {
      response.writeHead(421).end();
      return;
    }
    const path = request.url ?? '/';
    if (path === '/_caravel/dev.js') this.send(response, 200, types.js as string, this.client);
    else if (path.startsWith('/_caravel/events?')) this.subscribe(request, response, path);
    else if (path.startsWith('/_caravel/patch?')) await this.patch(request, response, path);
    else if (path.startsWith('/cdn/t/') && this.asset(response, path)) return;
    else if (isPageRequest(request)) await this.page(request, response, path);
    else await this.proxy(request, response, path);
  }

  /** Sections of a page apart from it. @returns false when the path is no page of the theme */
  private async sections(response: ServerResponse, asked: SectionRequest, cookie?: string) {
    const made = await this.sources.pages.sections(asked.path, asked.ids, cookie);
    if (!made) return false;
    const markup = made[asked.ids[0] ?? ''] ?? null;
    const [status, type, text] = asked.single
      ? ([markup === null ? 404 : 200, 'text/html; charset=utf-8', markup ?? ''] as const)
      : ([200, types['json'] as string, JSON.stringify(made)] as const);
    this.send(response, status, type, Buffer.from(text));
    return true;
  }

  private async page(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
  ): Promise<void> {
    const { cookie } = request.headers;
    const asked = sectionRequest(path);
    if (asked) {
      if (!(await this.sections(response, asked, cookie))) {
        await this.proxy(request, response, path);
      }
      return;
    }
    const page = await this.sources.pages.open(path, cookie).catch((error: unknown) => {
      this.sources.onFault(messageOf(error));
      const again = error instanceof CliError;
      return this.sources.pages.fault(path, cookie, messageOf(error), again);
    });
    if (page.kind === 'page') {
      if (page.cookies.length > 0) response.setHeader('set-cookie', page.cookies);
      this.send(response, page.status, 'text/html; charset=utf-8', Buffer.from(page.html));
    } else if (page.kind === 'redirect') {
      response.writeHead(302, { location: page.to, 'cache-control': 'no-store' }).end();
    } else await this.proxy(request, response, path);
  }

  /** Carts, forms, pictures and files: the store's own, for this address. */
  private async proxy(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
  ): Promise<void> {
    const { method = 'GET' } = request;
    const { origin } = this.sources.store;
    const { connection: _one, 'content-length': _two, ...headers } = request.headers;
    const local = `http://${request.headers.host}`;
    for (const name of ['origin', 'referer'] as const) {
      const value = headers[name];
      if (value?.startsWith(local)) headers[name] = origin + value.slice(local.length);
    }
    const body = await buffer(request);
    const wanted = await cartSections(request, body);
    // An answer that is to be changed has to be readable.
    if (wanted) delete headers['accept-encoding'];
    const answer = await this.sources.store.send({ method, path, headers, body });
    if (method !== 'GET' && method !== 'HEAD') this.sources.pages.dataChanged();
    const { connection: _three, ...back } = answer.headers;
    if (back.location?.startsWith(origin)) back.location = back.location.slice(origin.length);
    // The browser is at another host, and mostly without TLS.
    back['set-cookie'] = back['set-cookie']?.map((cookie) =>
      cookie.replace(/;\s*(Domain=[^;]*|Secure)/gi, ''),
    );
    if (back['set-cookie'] === undefined) delete back['set-cookie'];
    const status = answer.statusCode ?? 502;
    if (wanted && status < 300) {
      const cart = JSON.parse((await buffer(answer)).toString('utf8')) as object;
      const sections = await this.cartMarkup(request, wanted, back['set-cookie'] ?? []);
      const text = Buffer.from(JSON.stringify({ ...cart, sections }));
      const { 'transfer-encoding': _four, ...plain } = back;
      response.writeHead(status, { ...plain, 'content-length': text.length }).end(text);
      return;
    }
    response.writeHead(status, back);
    // Whoever breaks off, the other one is told.
    pipeline(answer, response, () => undefined);
  }

  /** Sections of the local theme with the cart as it is now. */
  private cartMarkup(
    { headers }: IncomingMessage,
    { ids, path }: CartSections,
    set: readonly string[],
  ): Promise<Record<string, string | null> | null> {
    const { pathname, search } = new URL(path ?? headers.referer ?? '/', 'http://localhost');
    return this.sources.pages.sections(pathname + search, ids, cookieAfter(headers.cookie, set));
  }

  private asset(response: ServerResponse, path: string): boolean {
    const found = this.sources.theme.assetAt(path.slice('/cdn/t/'.length));
    if (!found) return false;
    const ending = found.name.slice(found.name.lastIndexOf('.') + 1);
    const urls = this.sources.theme.assetUrls;
    const bytes =
      ending === 'css'
        ? Buffer.from(linkCss(found.bytes.toString('utf8'), (name) => urls[name] ?? null))
        : found.bytes;
    this.send(response, 200, types[ending] ?? 'application/octet-stream', bytes);
    return true;
  }

  private subscribe(request: IncomingMessage, response: ServerResponse, path: string): void {
    const page = new URL(path, 'http://localhost').searchParams.get('page') ?? '';
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write('\n');
    this.listeners.set(response, page);
    request.on('close', () => this.listeners.delete(response));
  }

  /** What a page that asks for itself has to change. */
  private async patch(
    { headers: { cookie } }: IncomingMessage,
    response: ServerResponse,
    path: string,
  ): Promise<void> {
    const page = new URL(path, 'http://localhost').searchParams.get('page') ?? '';
    const patch = await this.sources.pages.refresh(page, { cookie });
    this.send(response, 200, types['json'] as string, Buffer.from(JSON.stringify(patch)));
  }

  private send(response: ServerResponse, status: number, type: string, body: Buffer): void {
    response.writeHead(status, {
      'content-type': type,
      'content-length': body.length,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    response.end(body);
  }

  private fail(response: ServerResponse, error: unknown): void {
    const sentence = messageOf(error);
    this.sources.onFault(sentence);
    if (response.headersSent) response.end();
    else this.send(response, 502, 'text/plain; charset=utf-8', Buffer.from(`${sentence}\n`));
  }
}

function portSentence(port: number, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'EADDRINUSE') {
    return `Port ${port} is in use, perhaps by another \`caravel theme dev\`: stop that one, or say --port 0 for a free port.`;
  }
  return `--port: ${port} cannot be used (${code ?? message}); choose another, or 0 for a free one.`;
}

function clientScript(): Buffer {
  const morph = createRequire(__filename).resolve('idiomorph/dist/idiomorph.min.js');
  return Buffer.concat([
    readFileSync(morph),
    Buffer.from('\n'),
    readFileSync(join(__dirname, 'dev-client.js')),
  ]);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
