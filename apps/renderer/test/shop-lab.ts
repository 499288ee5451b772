import { Test, type TestingModule } from '@nestjs/testing';
import { slices as apiSlices } from '../../api/src/slices';
import { slices as workerSlices } from '../../worker/src/slices';
import { loadConfig, loadSecrets } from '@platform/config';
import { type ApiLab, type Merchant, labEnv, openApiLab } from '@testing';
import { testSecret } from '../../../libs/testing/jest/settings.cjs';
import { atelier, buildThemeZip } from '../../../libs/themes/test/theme.builder';
import { Pipeline } from '../src/pipeline';
import { RendererModule } from '../src/renderer.module';
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
  close(): Promise<void>;
}

/** Opens a lab with one store that has published the first-party theme. */
export async function openShopLab(): Promise<ShopLab> {
  const api = await openApiLab([...apiSlices, ...workerSlices]);
  const merchant = await api.aMerchant();
  const env = {
    ...labEnv({ url: api.ownerUrl, secret: testSecret }, api.home),
    CARAVEL_RENDER_PROCESSES: '1',
  };
  const options = { name: 'renderer', config: loadConfig(env), secrets: loadSecrets(env) };
  const renderer = await Test.createTestingModule({
    imports: [RendererModule.forRoot(options)],
  }).compile();
  await renderer.init();
  const call = (route: string, body?: unknown) => {
    const [method, path] = route.split(' ');
    return api.call(`${method} /stores/${merchant.storeId}${path}`, {
      token: merchant.token,
      body,
    });
  };
  const zip = await buildThemeZip(atelier);
  const theme = await api.call(`POST /stores/${merchant.storeId}/themes`, {
    token: merchant.token,
    file: { name: 'atelier.zip', content: zip },
  });
  await call(`POST /themes/${theme.body.id}/publish`);
  return {
    api,
    renderer,
    merchant,
    call,
    visit: (path, request = {}) =>
      renderer.get(Pipeline).handle({
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
      }),
    close: async () => {
      await renderer.close();
      await api.close();
    },
  };
}
