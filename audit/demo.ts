import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@platform/embedded-postgres';
import { type StartedPlatform, startPlatform } from '../apps/e2e/started-platform';
import { Merchant } from '../apps/e2e/test/merchant';
import { themeZip } from './theme-files';

/** The demo store of a platform of its own, as `npm start` makes it. */
export interface Demo {
  /** `http://demo.localhost:<port>` */
  url: string;
  /** `http://localhost:<port>` */
  api: string;
  merchant: Merchant;
  /** Uploads and publishes a first-party theme, in one of its presets. */
  wear(theme: string, preset?: string): Promise<void>;
  /** Makes a language the store's own. */
  speak(locale: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts a platform in a temporary folder and waits for its demo store.
 * @throws Error with everything the platform said when it does not start
 */
export async function openDemo(): Promise<Demo> {
  const home = await mkdtemp(join(tmpdir(), 'caravel-audit-'));
  let platform: StartedPlatform | null = null;
  const close = async (): Promise<void> => {
    await platform?.pressCtrlC();
    const left = await startEmbeddedPostgres({ home });
    await left.destroy();
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    platform = await startPlatform({ CARAVEL_HOME: home });
    const { api, demo } = platform.ready;
    const merchant = Merchant.known(api, demo);
    return {
      url: demo.storeUrl,
      api,
      merchant,
      wear: async (theme, preset) => merchant.publishTheme(await themeZip(theme, preset)),
      speak: async (locale) => {
        const { version } = await merchant.done('GET ');
        await merchant.done('PATCH ', { body: { locale, version } });
      },
      close,
    };
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
}
