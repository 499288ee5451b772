import { request as httpRequest } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { Test, type TestingModule } from '@nestjs/testing';
import { slices as apiSlices } from '../../api/src/slices';
import { slices as workerSlices } from '../../worker/src/slices';
import { loadConfig, loadSecrets } from '@platform/config';
import { type ApiLab, type Merchant, labEnv, openApiLab } from '@testing';
import { testSecret } from '../../../libs/testing/jest/settings.cjs';
import { atelier, buildThemeZip, zipOf } from '../../../libs/themes/test/theme.builder';
import { encodeResponse } from '../src/5-send-response/send-response';
import { Pipeline } from '../src/pipeline';
import { RendererModule } from '../src/renderer.module';
import { ShopServer } from '../src/shop-server';
import type { ShopRequest, ShopResponse } from '../src/shop-request';

/** A whole platform without sockets: the API to furnish stores, the renderer's pipeline to look at them. */
export interface ShopLab {
  api: ApiLab;
  renderer: TestingModule;
  merchant: Merchant;
  /** Calls the API for the merchant's store; the path is under the store. */
  call(route: string, body?: unknown): ReturnType<ApiLab['call']>;
  /** Visits an address of the store. */
  visit(path: string, request?: Partial<ShopRequest>): Promise<ShopResponse>;
  /** Uploads and publishes another theme of the merchant's store. */
  publish(files: Record<string, string | Buffer>): Promise<void>;
  /** Opens the real server on a free port; asks it as a browser of the merchant's store would. */
  serve(): Promise<(path: string, request?: RequestInit) => Promise<Response>>;
  close(): Promise<void>;
}

/** A renderer of its own beside a lab's, as another release or a restart would be. */
export interface OpenRenderer {
  module: TestingModule;
  visit(merchant: Merchant, path: string, request?: Partial<ShopRequest>): Promise<ShopResponse>;
  close(): Promise<void>;
}

/** Opens a renderer on the database and the files of an API; close it. */
export async function openRenderer(
  api: Pick<ApiLab, 'ownerUrl' | 'home'>,
  extraEnv: Record<string, string> = {},
): Promise<OpenRenderer> {
  const env = {
    ...labEnv({ url: api.ownerUrl, secret: testSecret }, api.home),
    CARAVEL_RENDER_PROCESSES: '1',
    ...extraEnv,
  };
  const options = { name: 'renderer', config: loadConfig(env), secrets: loadSecrets(env) };
  const module = await Test.createTestingModule({
    imports: [RendererModule.forRoot(options)],
  }).compile();
  await module.init();
  return {
    module,
    visit: async (merchant, path, request = {}) => {
      const answer = await module.get(Pipeline).handle({
        id: 'test-request',
        method: 'GET',
        target: path,
        hosts: [`${merchant.handle}.localhost:4080`],
        secure: false,
        servername: null,
        headers: {},
        ip: '127.0.0.1',
        body: Buffer.alloc(0),
        ...request,
      });
      // As who takes no encoding gets it.
      return encodeResponse(answer, undefined);
    },
    close: () => module.close(),
  };
}

/** Opens a lab with one store that has published the first-party theme, or a theme of these files. */
export async function openShopLab(
  files?: Record<string, string | Buffer>,
  extraEnv: Record<string, string> = {},
  apiEnv: Record<string, string> = {},
): Promise<ShopLab> {
  const api = await openApiLab([...apiSlices, ...workerSlices], apiEnv);
  const merchant = await api.aMerchant();
  const { module: renderer, visit } = await openRenderer(api, extraEnv);
  const call = (route: string, body?: unknown) => {
    const [method, path] = route.split(' ');
    return api.call(`${method} /stores/${merchant.storeId}${path}`, {
      token: merchant.token,
      body,
    });
  };
  const upload = async (zip: Buffer) => {
    const theme = await api.call(`POST /stores/${merchant.storeId}/themes`, {
      token: merchant.token,
      file: { name: 'theme.zip', content: zip },
    });
    expect([theme.status, theme.body.errors]).toEqual([201, undefined]);
    await call(`POST /themes/${theme.body.id}/publish`);
  };
  await upload(files ? await zipOf(files) : await buildThemeZip(atelier));
  let port: number | null = null;
  return {
    api,
    renderer,
    merchant,
    call,
    visit: (path, request) => visit(merchant, path, request),
    publish: async (files) => upload(await zipOf(files)),
    serve: async () => {
      port ??= (await renderer.get(ShopServer).listen()).port;
      const origin = `http://127.0.0.1:${port}`;
      return (path, request = {}) =>
        browse(origin, `${merchant.handle}.localhost:${port}`, path, request);
    },
    close: async () => {
      if (port !== null) await renderer.get(ShopServer).close();
      await renderer.close();
      await api.close();
    },
  };
}

/** `fetch` does not let a Host header through, so this asks by hand. */
export function browse(
  origin: string,
  host: string,
  path: string,
  { method = 'GET', headers = {}, body }: RequestInit,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const asked = httpRequest(
      `${origin}${path}`,
      { method, headers: { ...(headers as Record<string, string>), host } },
      (answer) => {
        void buffer(answer).then((bytes) => {
          const status = answer.statusCode ?? 0;
          const given = new Headers();
          for (const [name, value] of Object.entries(answer.headersDistinct))
            for (const one of value ?? []) given.append(name, one);
          resolve(
            new Response(status === 304 || bytes.length === 0 ? null : Uint8Array.from(bytes), {
              status,
              headers: given,
            }),
          );
        }, reject);
      },
    );
    asked.on('error', reject);
    asked.end(body as string | undefined);
  });
}
