import { Inject, Injectable } from '@nestjs/common';
import { CartRates, OpenCarts } from '@renderer/checkout';
import { StorefrontStores } from '@renderer/stores';
import { Db } from '@platform/database';
import type { Site } from '../1-resolve-store/resolve-store';
import { shopperOf } from '../3-load-page/shopper';
import { redirect } from '../5-send-response/plain-page';
import type { ShopRequest, ShopResponse } from '../shop-request';
import { cookieHeader, jsonAnswer, refuse } from './cart-answer';
import { nest } from './read-input';
import { isFetchedAhead, ownPath } from './same-origin';

type StoreSite = Extract<Site, { kind: 'store' }>;

/** What is asked of a cart beside its verbs: links with a discount code, and what sending it would cost. */
@Injectable()
export class CartExtras {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(StorefrontStores) private readonly stores: StorefrontStores,
    @Inject(OpenCarts) private readonly carts: OpenCarts,
    @Inject(CartRates) private readonly rates: CartRates,
  ) {}

  /**
   * Remembers the code of a link, `/discount/CODE?redirect=/path`, in the cart. A link may be followed from anywhere: it
   * only ever lowers a price. A browser that fetches ahead changes nothing.
   */
  async discount(site: StoreSite, code: string, request: ShopRequest): Promise<ShopResponse> {
    if (request.method !== 'GET' && request.method !== 'HEAD') return notAllowed('GET, HEAD');
    const to = ownPath(queryOf(request).get('redirect') ?? '/') ?? '/';
    if (request.method === 'HEAD' || isFetchedAhead(request)) return redirect(302, to);
    const { cartToken } = shopperOf(request.headers.cookie);
    const outcome = await this.db.write(site.storeId, async (store) => {
      const shop = await this.stores.shop(store);
      const owner = { token: cartToken, currency: shop?.currency ?? 'EUR' };
      return this.carts.rememberCode(store, owner, code);
    });
    const token = outcome.kind === 'done' ? outcome.token : null;
    return redirect(302, to, cookieHeader(token, request.secure));
  }

  /** Answers `/cart/shipping_rates.json?shipping_address[country]=DE`; `prepare` has nothing to prepare here. */
  async shippingRates(
    site: StoreSite,
    verb: 'show' | 'prepare',
    request: ShopRequest,
  ): Promise<ShopResponse> {
    if (verb === 'prepare') {
      if (request.method !== 'POST') return notAllowed('POST');
      return { status: 202, headers: { 'cache-control': 'no-store' }, body: Buffer.alloc(0) };
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') return notAllowed('GET, HEAD');
    const asked = nest(queryOf(request));
    if (typeof asked === 'string') return refuse('script', 400, 'The request cannot be read.');
    const { cartToken } = shopperOf(request.headers.cookie);
    const address = addressOf(asked['shipping_address']);
    const rates = await this.db.read(site.storeId, (store) =>
      this.rates.of(store, cartToken, address),
    );
    if (rates === null) return jsonAnswer(422, { error: ['country is not supported'] });
    return jsonAnswer(200, { shipping_rates: rates });
  }
}

function addressOf(value: unknown) {
  const fields = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  const text = (name: string) => (typeof fields[name] === 'string' ? fields[name] : '');
  return { country: text('country'), province: text('province'), zip: text('zip') };
}

function notAllowed(allow: string): ShopResponse {
  return { status: 405, headers: { allow, 'cache-control': 'no-store' }, body: Buffer.alloc(0) };
}

function queryOf({ target }: ShopRequest): URLSearchParams {
  return new URLSearchParams(target.split('?').slice(1).join('?'));
}
