import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { tooOftenSentence } from '@renderer/checkout';
import { CONFIG, type Config } from '@platform/config';
import { Db } from '@platform/database';
import { takeToken } from '@platform/http';
import type { Site } from '../1-resolve-store/resolve-store';
import type { Route } from '../2-match-route/match-route';
import { SettingsOfStores } from '../2-match-route/store-settings';
import { shopperOf } from '../3-load-page/shopper';
import type { ShopRequest, ShopResponse } from '../shop-request';
import { type Reader, readerOf, refuse } from './cart-answer';
import { networkOf } from './network-of';

type StoreSite = Extract<Site, { kind: 'store' }>;

/**
 * Tries of one network in one store; they come back evenly, all of them in a minute. A busy shopper changes a cart twenty
 * times a minute and types a search in five: behind one address of an office or of a telephone network shop dozens at once,
 * and only a program needs more than this.
 */
const ofNetwork = {
  /** Changes of carts: 30 busy shoppers. */
  cart: 600,
  /** What is found while somebody types: 40 searches a minute at 30 letters each. */
  suggest: 1_200,
  /** Links with a code, and codes that are tried in the cart: people have one or two, guessing takes thousands. */
  code: 60,
  /** Each makes a cart: as many people open the link of a newsletter in the same minute. */
  link: 120,
  /** What sending costs may be asked of a carrier. */
  rates: 120,
} as const;

/** Changes of one cart in a minute: two a second for as long as somebody can. */
const ofCart = 120;

const refillSeconds = 60;

/** What is counted by itself. */
export type Limited = keyof typeof ofNetwork;

/** Holds back what only programs do: carts without end, codes by guessing, searches in a loop. */
@Injectable()
export class ShopperLimits {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Db) private readonly db: Db,
    @Inject(SettingsOfStores) private readonly settings: SettingsOfStores,
  ) {}

  /**
   * Counts a request to an address that is limited.
   * @returns the refusal, 429 with `Retry-After`, or null for whoever may go on
   */
  async refusal(site: StoreSite, route: Route, request: ShopRequest): Promise<ShopResponse | null> {
    const what = limitedBy(route, request);
    return what === null ? null : this.take(site, what, request, readerFor(route, request));
  }

  /** The same for one thing by its name. */
  async take(
    { storeId }: StoreSite,
    what: Limited,
    request: ShopRequest,
    reader: Reader,
  ): Promise<ShopResponse | null> {
    if (!this.config.rateLimits) return null;
    const network = `shop-${what}:${storeId}:ip:${networkOf(request.ip)}`;
    const seconds =
      (await this.tokenOf(network, ofNetwork[what])) ?? (await this.cart(storeId, what, request));
    if (seconds === null) return null;
    const locale = request.locale ?? (await this.settings.of(storeId)).locale;
    return refuse(reader, 429, tooOftenSentence(locale), { 'retry-after': String(seconds) });
  }

  /** The cart's own bucket, under a name that does not open the cart. */
  private async cart(
    storeId: string,
    what: Limited,
    { headers }: ShopRequest,
  ): Promise<number | null> {
    const { cartToken } = shopperOf(headers.cookie);
    if (what !== 'cart' || cartToken === null) return null;
    const name = createHash('sha256').update(`limit:${cartToken}`).digest('base64url').slice(0, 22);
    return this.tokenOf(`shop-cart:${storeId}:cart:${name}`, ofCart);
  }

  private tokenOf(bucket: string, limit: number): Promise<number | null> {
    return takeToken(this.db, bucket, { limit, perSeconds: refillSeconds });
  }
}

/** What a request counts as; null for what is not limited. Looking at a cart is not. */
function limitedBy(route: Route, { method }: Pick<ShopRequest, 'method'>): Limited | null {
  const reads = method === 'GET' || method === 'HEAD';
  switch (route.kind) {
    case 'action':
      return route.action === 'show' ? null : 'cart';
    case 'discount':
      return method === 'GET' ? 'code' : null;
    case 'cart-link':
      return method === 'GET' ? 'link' : null;
    case 'shipping-rates':
      return reads ? 'rates' : null;
    case 'suggest':
      return 'suggest';
    case 'page':
      if (route.page.type === 'cart' && method === 'POST') return 'cart';
      return route.page.suggest ? 'suggest' : null;
    default:
      return null;
  }
}

function readerFor(route: Route, request: ShopRequest): Reader {
  switch (route.kind) {
    case 'action':
      return readerOf(route.json, request);
    case 'shipping-rates':
    case 'suggest':
      return 'script';
    case 'page':
      return readerOf(route.page.suggest !== undefined, request);
    default:
      return 'browser';
  }
}
