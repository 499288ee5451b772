import { randomUUID } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import type { WantedRecord } from './town';

const atelier = resolve(__dirname, '../../../themes/atelier');
const patienceMs = 90_000;

/** An answer of the API, its JSON already read. */
export interface ApiAnswer {
  status: number;
  headers: Headers;
  /** The parsed JSON body; journeys look into it freely. */
  // oxlint-disable-next-line typescript/no-explicit-any -- a journey asserts the shape that it reads
  body: any;
}

/** What a journey reads of an import. */
export interface ImportState {
  status: 'queued' | 'running' | 'completed' | 'failed';
  progress: number;
  counts: {
    products: { created: number; updated: number; skipped: number; failed: number };
    variants: { created: number; updated: number; failed: number };
    images: { queued: number; failed: number };
  };
  problems: { line: number; code: string; message: string }[];
}

/** A merchant who uses the API as any client does. */
export class Merchant {
  private constructor(
    private readonly apiUrl: string,
    readonly token: string,
    readonly storeId: string,
    readonly handle: string,
  ) {}

  /** Signs up with a store. */
  static async signUp(
    apiUrl: string,
    {
      handle,
      name = handle,
      currency = 'USD',
    }: { handle: string; name?: string; currency?: string },
  ): Promise<Merchant> {
    const store = { name, handle, currency, country: 'US', locale: 'en' };
    const email = `${handle}@example.test`;
    const body = { email, password: 'a long enough password', name: 'Merchant', store };
    const answer = await send(apiUrl, 'POST /sign-up', { body });
    if (answer.status !== 201)
      throw new Error(`The sign-up failed: ${JSON.stringify(answer.body)}`);
    return new Merchant(apiUrl, answer.body.token, answer.body.store.id, handle);
  }

  /** A merchant who has a token already. */
  static known(
    apiUrl: string,
    { token, storeId, handle = 'demo' }: { token: string; storeId: string; handle?: string },
  ): Merchant {
    return new Merchant(apiUrl, token, storeId, handle);
  }

  /** @param route method and path under `/api/v1/stores/<this store>` */
  call(
    route: string,
    request: { body?: unknown; file?: { name: string; content: Buffer } } = {},
  ): Promise<ApiAnswer> {
    const [method, path = ''] = route.split(' ');
    const whole = `${method} /stores/${this.storeId}${path}`;
    return send(this.apiUrl, whole, { ...request, token: this.token });
  }

  /** The same, for an answer that must be good. @throws by `expect` with the problem document */
  async done(route: string, request: Parameters<Merchant['call']>[1] = {}) {
    const answer = await this.call(route, request);
    if (answer.status >= 300) throw new Error(`${route}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** Hands in a product file. @returns the import's id */
  async startImport(content: Buffer, query = ''): Promise<string> {
    const file = { name: 'products.csv', content };
    return (await this.done(`POST /product-imports${query}`, { file })).id;
  }

  /** Waits until an import has ended. */
  finishedImport(id: string): Promise<ImportState> {
    return eventually(`the import ${id} to end`, async () => {
      const state: ImportState = await this.done(`GET /product-imports/${id}`);
      return ['completed', 'failed'].includes(state.status) ? state : null;
    });
  }

  /** Imports a product file and waits for it. */
  async importProducts(content: Buffer, query = ''): Promise<ImportState> {
    return this.finishedImport(await this.startImport(content, query));
  }

  /** Uploads a theme. @returns its id */
  async uploadTheme(content: Buffer): Promise<string> {
    return (await this.done('POST /themes', { file: { name: 'theme.zip', content } })).id;
  }

  /** Uploads and publishes a theme. */
  async publishTheme(content: Buffer): Promise<void> {
    const id = await this.uploadTheme(content);
    await this.done(`POST /themes/${id}/publish`);
  }

  /** Asks for a hostname and sets every record that the answer names. @returns the hostname's id */
  async claimHostname(hostname: string, setRecord: (record: WantedRecord) => void) {
    const made = await this.done('POST /hostnames', { body: { hostname } });
    const records = made.records as (WantedRecord & { required: boolean })[];
    for (const record of records) if (record.required) setRecord(record);
    return made.id as string;
  }

  /** Waits until a hostname answers over HTTPS. */
  async activeHostname(id: string): Promise<Record<string, unknown>> {
    // The merchant's "check now", so that nobody waits for the next round; refused while one has just been made.
    await this.call(`POST /hostnames/${id}/check`);
    return eventually(`the hostname ${id} to be active`, async () => {
      const view = await this.done(`GET /hostnames/${id}`);
      if (['blocked', 'conflict', 'expired'].includes(view.state)) {
        throw new Error(`The hostname is ${view.state}: ${JSON.stringify(view)}`);
      }
      return view.state === 'active' ? view : null;
    });
  }

  /** Everything of a list, over all its pages. */
  async all<T = Record<string, unknown>>(path: string): Promise<T[]> {
    const items: T[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await this.done(
        `GET ${path}?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      items.push(...page.items);
      cursor = page.nextCursor;
    }
    return items;
  }
}

/** Polls until something is there. @throws Error that names it when it never comes */
export async function eventually<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}.`);
    await pause(100);
  }
}

/**
 * The first-party theme as a zip.
 * @param changed files to write over, by their path in the theme
 */
export async function atelierZip(changed: Record<string, string> = {}): Promise<Buffer> {
  const zip = new ZipFile();
  const entries = readdirSync(atelier, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(atelier, path).replaceAll('\\', '/');
    if (!(name in changed)) zip.addFile(path, name);
  }
  for (const [name, text] of Object.entries(changed)) zip.addBuffer(Buffer.from(text), name);
  zip.end();
  return buffer(zip.outputStream);
}

/**
 * The theme Atelier as an archive, on paper of another colour.
 * @param paper `#rrggbb`, of its first colour scheme
 */
export function atelierOn(paper: string): Promise<Buffer> {
  const file = 'config/settings_data.json';
  const { current, presets } = JSON.parse(readFileSync(join(atelier, file), 'utf8'));
  const settings = typeof current === 'string' ? presets[current] : current;
  settings.schemes.base.paper = paper;
  return atelierZip({ [file]: JSON.stringify({ current: settings }) });
}

async function send(
  apiUrl: string,
  route: string,
  call: { token?: string; body?: unknown; file?: { name: string; content: Buffer } },
): Promise<ApiAnswer> {
  const [method = 'GET', path = ''] = route.split(' ');
  const headers = new Headers();
  if (call.token !== undefined) headers.set('authorization', `Bearer ${call.token}`);
  let body: FormData | string | null = null;
  if (call.file) {
    body = new FormData();
    body.set('file', new Blob([new Uint8Array(call.file.content)]), call.file.name);
  } else if (call.body !== undefined) {
    headers.set('content-type', 'application/json');
    headers.set('idempotency-key', randomUUID());
    body = JSON.stringify(call.body);
  }
  const answer = await fetch(`${apiUrl}/api/v1${path}`, { method, headers, body });
  const text = await answer.text();
  const json = /json/.test(answer.headers.get('content-type') ?? '') && text !== '';
  return { status: answer.status, headers: answer.headers, body: json ? JSON.parse(text) : text };
}
