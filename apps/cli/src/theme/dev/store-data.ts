import { request as plainRequest } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, RequestOptions } from 'node:http';
import { request as secureRequest } from 'node:https';
import { buffer } from 'node:stream/consumers';
import type { PageInput, ThemeMeta } from '@libs/template-engine';
import { CliError, exitCodes } from '../../cli-error';
import { type StoreConnection, signedInApi } from '../../connection/connect';

/** What the store says of a path. */
export type PageData =
  | {
      kind: 'page';
      status: number;
      statements: number;
      locale: string;
      input: PageInput;
      /** Headers for the browser: the result of a form is told once. */
      cookies: string[];
    }
  | { kind: 'redirect'; to: string }
  | { kind: 'other' };

/** How a request goes to the store. */
export interface StoreRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** A page that hangs must not hang the browser, in milliseconds. */
const patience = 20_000;

/** A token lasts for a long day of work, in seconds; it is ended with the command. */
const tokenSeconds = 14 * 3_600;

interface Opened {
  previewId: string;
  token: string;
  origin: string;
}

/** The store behind a local theme: its data for pages, and its own answers for everything else. Writes nothing of its content. */
export class StoreData {
  private constructor(
    private connection: StoreConnection,
    private opened: Opened,
  ) {}

  /** Opens a preview of the store's data. @throws ApiRefusal */
  static async open(connection: StoreConnection): Promise<StoreData> {
    return new StoreData(connection, await openPreview(connection));
  }

  /** Scheme, host and port of the store. */
  get origin(): string {
    return this.opened.origin;
  }

  /**
   * The data of a page, planned by what the local theme is.
   * @param cookie the browser's, so that a cart is the browser's own
   * @throws CliError with the store's own words
   */
  async page(path: string, theme: LocalTheme, cookie: string | undefined): Promise<PageData> {
    const { meta, assets } = theme;
    const body = Buffer.from(JSON.stringify({ path, meta: metaFor(meta), assets }));
    let answer = await this.askData(body, cookie);
    if (answer.statusCode === 401) {
      await this.reopen();
      answer = await this.askData(body, cookie);
    }
    const text = (await buffer(answer)).toString('utf8');
    if (answer.statusCode === 200) {
      const data = JSON.parse(text) as PageData;
      return data.kind === 'page' ? { ...data, cookies: answer.headers['set-cookie'] ?? [] } : data;
    }
    const detail = /"detail":"((?:[^"\\]|\\.)*)"/.exec(text)?.[1] ?? text.slice(0, 200);
    const sentence = `${this.origin} has no data for ${path} (${answer.statusCode}): ${detail}`;
    throw new CliError(sentence, exitCodes.refused, 'cli.no-data');
  }

  /**
   * Sends a request on as it is, but for the host. The token of the preview goes with it: with that the store answers
   * under this very name and asks for no password.
   */
  send({ method, path, headers, body }: StoreRequest): Promise<IncomingMessage> {
    const cookies = (headers.cookie ?? '')
      .split('; ')
      .filter((one) => !/^(caravel_preview=|$)/.test(one));
    const cookie = [...cookies, `caravel_preview=${this.opened.token}`].join('; ');
    return send(this.origin, { method, path, headers: { ...headers, cookie } }, body);
  }

  /** Ends the preview; a server that is down ends it by its time. */
  async close(): Promise<void> {
    const { api, storeId } = this.connection;
    const path = `/stores/${storeId}/theme-previews/${this.opened.previewId}`;
    await api.delete(path).catch(() => undefined);
  }

  /** @throws CliError when the sign-in has ended, in another terminal too */
  private async reopen(): Promise<void> {
    try {
      this.opened = await openPreview(this.connection);
    } catch (error) {
      if (!(error instanceof CliError) || error.code !== 'cli.token-ended') throw error;
      // Somebody may have signed in anew since this command began.
      const { api } = await signedInApi(this.connection.server);
      this.connection = { ...this.connection, api };
      this.opened = await openPreview(this.connection);
    }
  }

  private askData(body: Buffer, cookie: string | undefined): Promise<IncomingMessage> {
    const headers = {
      authorization: `Bearer ${this.opened.token}`,
      'content-type': 'application/json',
      ...(cookie === undefined ? {} : { cookie }),
    };
    const path = '/_caravel/preview/data';
    return send(this.origin, { method: 'POST', path, headers }, body);
  }
}

/** What of a local theme a page's data depends on. */
export interface LocalTheme {
  meta: ThemeMeta;
  /** File name under `assets/` to its address. */
  assets: Record<string, string>;
}

function openPreview({ api, storeId }: StoreConnection): Promise<Opened> {
  return api.post<Opened>(`/stores/${storeId}/theme-previews`, { expiresIn: tokenSeconds });
}

/** Presets and labels are the editor's, and large. */
function metaFor(meta: ThemeMeta): ThemeMeta {
  return { ...meta, presets: {} };
}

function send(
  origin: string,
  { method, path, headers }: { method: string; path: string; headers: IncomingHttpHeaders },
  body: Buffer,
): Promise<IncomingMessage> {
  const url = new URL(origin);
  const options: RequestOptions = {
    method,
    path,
    host: url.hostname,
    port: url.port,
    headers: { ...headers, host: url.host, 'content-length': body.length },
    timeout: patience,
    // Every name below localhost is this machine (RFC 6761, 6.3), which not every system's resolver knows.
    ...(url.hostname.endsWith('.localhost') ? { lookup: loopback } : {}),
  };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? secureRequest : plainRequest)(options, resolve);
    request.on('timeout', () => request.destroy(new Error('no answer in time')));
    request.on('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code ?? error.message;
      reject(
        new CliError(
          `${origin} does not answer (${reason}): is the platform running?`,
          exitCodes.unusable,
          'cli.no-store',
        ),
      );
    });
    request.end(body);
  });
}

const loopback: NonNullable<RequestOptions['lookup']> = (_host, options, done) => {
  const address = { address: '127.0.0.1', family: 4 };
  if (options.all) done(null, [address]);
  else done(null, address.address, address.family);
};
