import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DynamicModule, Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { loadConfig, loadSecrets } from '@platform/config';
import { Db } from '@platform/database';
import { createHttpApp } from '@platform/http';
import { drain } from './drain';
import { labEnv } from './lab-env';
import { cloneTestDatabase } from './test-database';

/** An answer of the API, its JSON already read. */
export interface ApiAnswer {
  status: number;
  headers: Record<string, string | string[] | number | undefined>;
  /** The parsed JSON body; tests look into it freely. */
  // oxlint-disable-next-line typescript/no-explicit-any -- a test asserts the shape that it reads
  body: any;
  text: string;
}

/** What a request may carry beside its address. */
export interface ApiCall {
  token?: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** Sent as the multipart field `file`. */
  file?: { name: string; content: Buffer | string };
}

/** A person with an organization and a store, signed in. */
export interface Merchant {
  token: string;
  email: string;
  storeId: string;
  organizationId: string;
  handle: string;
}

/** The API on a database of its own, asked without a socket. */
export interface ApiLab {
  readonly app: NestFastifyApplication;
  readonly db: Db;
  readonly ownerUrl: string;
  readonly home: string;
  /** @param route method and path under /api/v1, such as `GET /stores`; a path that starts with `!` is taken as it is */
  call(route: string, call?: ApiCall): Promise<ApiAnswer>;
  aMerchant(options?: { currency?: string }): Promise<Merchant>;
  drain(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the API with these faces; close it in `afterAll`. Worker faces may stand among them for `drain`. */
export async function openApiLab(
  modules: (Type | DynamicModule)[],
  extraEnv: Record<string, string> = {},
): Promise<ApiLab> {
  const database = await cloneTestDatabase();
  const home = await mkdtemp(join(tmpdir(), 'caravel-lab-'));
  const env = { ...labEnv(database, home), ...extraEnv };
  const options = { name: 'lab', config: loadConfig(env), secrets: loadSecrets(env) };
  const app = await createHttpApp(options, modules);
  const call = (route: string, request?: ApiCall) => send(app, route, request);
  let merchants = 0;
  return {
    app,
    call,
    home,
    db: app.get(Db),
    ownerUrl: database.url,
    aMerchant: async ({ currency = 'EUR' } = {}) => {
      merchants += 1;
      return signUp(call, `merchant-${merchants}@example.test`, currency);
    },
    drain: () => drain(app),
    close: async () => {
      await app.close();
      await database.drop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function send(
  app: NestFastifyApplication,
  route: string,
  { token, body, headers = {}, file }: ApiCall = {},
): Promise<ApiAnswer> {
  const [method = 'GET', path = '/'] = route.split(' ');
  const form = file ? multipart(file) : null;
  const answer = await app.inject({
    method: method as 'GET',
    url: path.startsWith('!') ? path.slice(1) : `/api/v1${path}`,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(form ? { 'content-type': form.type } : {}),
      ...headers,
    },
    ...(form ? { payload: form.body } : body === undefined ? {} : { payload: body as object }),
  });
  const json = /json/.test(String(answer.headers['content-type'])) && answer.body !== '';
  return {
    status: answer.statusCode,
    headers: answer.headers,
    body: json ? answer.json() : undefined,
    text: answer.body,
  };
}

function multipart({ name, content }: { name: string; content: Buffer | string }) {
  const boundary = 'caravel-test-boundary';
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  const body = Buffer.concat([
    Buffer.from(head),
    Buffer.from(content),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  return { type: `multipart/form-data; boundary=${boundary}`, body };
}

async function signUp(call: ApiLab['call'], email: string, currency: string): Promise<Merchant> {
  const store = { name: email.split('@')[0], currency, country: 'DE', locale: 'en' };
  const body = { email, password: 'a long enough password', name: 'Merchant', store };
  const answer = await call('POST /sign-up', { body });
  if (answer.status !== 201) throw new Error(`The sign-up failed: ${answer.text}`);
  return {
    token: answer.body.token,
    email,
    storeId: answer.body.store.id,
    organizationId: answer.body.organization.id,
    handle: answer.body.store.handle,
  };
}
