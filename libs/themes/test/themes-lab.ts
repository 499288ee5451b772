import { IdentityApiModule } from '@api/identity';
import { StoresApiModule } from '@api/stores';
import { ThemesApiModule } from '@api/themes';
import { ThemesRendererModule } from '@renderer/themes';
import { type ApiAnswer, type ApiLab, type Merchant, openApiLab } from '@testing';
import { ThemesWorkerModule } from '@worker/themes';
import { zipOf } from './theme.builder';

/** The API with themes, a merchant, and calls in the merchant's store. */
export interface ThemesLab {
  lab: ApiLab;
  merchant: Merchant;
  /** @param route method and path inside the store */
  call(route: string, body?: unknown, as?: Merchant): Promise<ApiAnswer>;
  /** Uploads files, or the bytes of a zip. */
  upload(
    files: Record<string, string | Buffer> | Buffer,
    options?: { query?: string; headers?: Record<string, string> },
  ): Promise<ApiAnswer>;
}

/** Opens it; close `lab` in `afterAll`. */
export async function openThemesLab(): Promise<ThemesLab> {
  const lab = await openApiLab([
    IdentityApiModule,
    StoresApiModule,
    ThemesApiModule,
    ThemesWorkerModule,
    ThemesRendererModule,
  ]);
  const merchant = await lab.aMerchant();
  return {
    lab,
    merchant,
    call: (route, body, as = merchant) => {
      const [method, path] = route.split(' ');
      const address = `${method} /stores/${merchant.storeId}${path}`;
      return lab.call(address, { token: as.token, body });
    },
    upload: async (files, { query = '', headers = {} } = {}) => {
      const content = Buffer.isBuffer(files) ? files : await zipOf(files);
      return lab.call(`POST /stores/${merchant.storeId}/themes${query}`, {
        token: merchant.token,
        headers,
        file: { name: 'theme.zip', content },
      });
    },
  };
}
