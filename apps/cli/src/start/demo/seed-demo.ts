import type { DemoAccount } from '../announce';
import { enterDemo } from './demo-account';
import { DemoApi } from './demo-api';
import { makeCollections } from './demo-collections';
import { describeStore } from './demo-description';
import { writeJournal } from './demo-journal';
import { setMenus } from './demo-menus';
import { writePages } from './demo-pages';
import { addPayments } from './demo-payments';
import { addPictures } from './demo-pictures';
import { importProducts } from './demo-products';
import { writeReviews } from './demo-reviews';
import { openForSale } from './demo-selling';
import { type DemoStep, writeDemoState } from './demo-state';
import { publishDemoTheme } from './demo-theme';

/** Where the demo is to be made. */
export interface DemoOptions {
  home: string;
  api: string;
  storefront: string;
  /** Its theme, by the folder's name in `themes/`. */
  theme: string;
  say: (sentence: string) => void;
}

type Step = (api: DemoApi, storeId: string, theme: string) => Promise<void>;

const steps: Record<DemoStep, Step> = {
  products: importProducts,
  pictures: addPictures,
  collections: makeCollections,
  pages: writePages,
  journal: writeJournal,
  reviews: writeReviews,
  theme: publishDemoTheme,
  menus: setMenus,
  payments: addPayments,
  description: describeStore,
  'rates and taxes': openForSale,
};

/**
 * Makes the demo account and its store, each part once; a later start only signs in.
 * A part that fails is told and tried again at the next start: the platform runs without it.
 * @throws when not even the account can be had
 */
export async function seedDemo(options: DemoOptions): Promise<DemoAccount> {
  const { home, api, storefront, say } = options;
  const anonymous = new DemoApi(api);
  const { state, token } = await enterDemo(anonymous, home);
  const missing = (Object.keys(steps) as DemoStep[]).filter((step) => !state.done.includes(step));
  if (missing.length > 0) say('Making the demo store ...');
  for (const step of missing) {
    try {
      await steps[step](anonymous.as(token), state.storeId, options.theme);
      state.done.push(step);
      writeDemoState(home, state);
    } catch (error) {
      say(`The demo store has no ${step} yet: ${(error as Error).message}`);
    }
  }
  const storeUrl = storefront.replace('://', `://${state.handle}.`);
  return { email: state.email, password: state.password, token, storeId: state.storeId, storeUrl };
}
