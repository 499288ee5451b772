import { Inject, Injectable } from '@nestjs/common';
import type { PriceTerms } from '@renderer/catalog';
import { Db, type StoreReader } from '@platform/database';
import { inLocale } from '../2-match-route/locale-prefix';
import { PageFrames } from '../3-load-page/page-frames';
import { shopperOf } from '../3-load-page/shopper';
import { termsOf } from '../3-load-page/terms-of';
import { MakingTurns } from '../4-render-theme/making-turns';
import { passesSoon } from '../4-render-theme/passes-soon';
import { cacheControl } from '../4-render-theme/render-theme';
import { PageCache } from '../page-cache/page-cache';
import type { ShopRequest, ShopResponse } from '../shop-request';
import { jsonAnswer } from './json-answer';

/** Reads what an answer is about; null when there is no such thing. */
type Load = (store: StoreReader, terms: PriceTerms) => Promise<object | null>;

interface Made {
  v: number;
  response: ShopResponse;
}

/**
 * JSON about a store's goods for scripts. It holds nothing of one shopper, so it is made, kept, made stale and left to
 * shared caches as the public pages are, in the prices of the shopper's market and with addresses in their language.
 */
@Injectable()
export class SharedData {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(PageFrames) private readonly frames: PageFrames,
    @Inject(PageCache) private readonly cache: PageCache,
    @Inject(MakingTurns) private readonly turns: MakingTurns,
  ) {}

  /**
   * The answer of that name, from the cache or made.
   * @param name what it depends on beside store, country and language
   * @returns null when there is no such thing, which is not kept
   */
  async answer(
    storeId: string,
    name: string,
    request: ShopRequest,
    load: Load,
  ): Promise<ShopResponse | null> {
    const country = shopperOf(request.headers.cookie).country ?? '';
    const key = `data|${country}|${request.locale ?? ''}|${name}`;
    const own: { asked: boolean; made: Made | null } = { asked: false, made: null };
    const make = async (): Promise<Made | null> => {
      own.asked = true;
      own.made = await this.turns.take(storeId, () => this.make(storeId, request, load));
      return own.made;
    };
    try {
      const cached = await this.cache.get(storeId, key, async () => {
        const made = await make();
        return made && { storeId, ...made };
      });
      // Whoever waited for what turned out not to be there looks for themselves.
      return cached?.response ?? (own.asked ? own.made : await make())?.response ?? null;
    } catch (error) {
      if (passesSoon(error)) return tooMuch;
      throw error;
    }
  }

  private make(storeId: string, request: ShopRequest, load: Load): Promise<Made | null> {
    return this.db.read(storeId, async (store) => {
      const frame = await this.frames.frameOf(store);
      if (!frame) return null;
      const { shop, markets } = frame;
      const terms = termsOf(shop, markets, shopperOf(request.headers.cookie));
      const data = await load(store, terms);
      if (data === null) return null;
      const body = request.locale === undefined ? data : inLocale(data, request.locale);
      // Where there are markets a cookie says whose prices these are.
      const vary: Record<string, string> = markets.length > 0 ? { vary: 'Cookie' } : {};
      const headers = { 'cache-control': cacheControl(false), ...vary };
      return { v: shop.v, response: dataAnswer(200, body, headers) };
    });
  }
}

/** An answer for scripts; search engines list pages instead. */
export function dataAnswer(
  status: number,
  body: object,
  headers: Record<string, string> = {},
): ShopResponse {
  const shared = { 'cache-control': 'private, no-cache', 'x-robots-tag': 'noindex' };
  return jsonAnswer(status, body, { ...shared, ...headers });
}

/** Why scripts get nothing, in the shape that Shopify's answers have. @param description a sentence for whoever writes the script */
export function dataRefusal(status: number, message: string, description: string): ShopResponse {
  return dataAnswer(status, { status, message, description });
}

const tooMuch = dataAnswer(
  503,
  {
    status: 503,
    message: 'Service Unavailable',
    description: 'Too much is being made; try again in a moment.',
  },
  { 'cache-control': 'no-store', 'retry-after': '5' },
);
