import { Inject, Injectable } from '@nestjs/common';
import {
  type CartOwner,
  CartRates,
  type CartRemarks,
  OpenCarts,
  refusalSentence,
} from '@renderer/checkout';
import { StorefrontStores } from '@renderer/stores';
import { Db, type StoreWriter } from '@platform/database';
import type { Site } from '../1-resolve-store/resolve-store';
import { withLocale } from '../2-match-route/locale-prefix';
import { shopperOf } from '../3-load-page/shopper';
import { prefillQuery, readPrefill } from '../checkout/prefill';
import { queryOf } from '../checkout/typed';
import { redirect } from '../5-send-response/plain-page';
import type { ShopRequest, ShopResponse } from '../shop-request';
import { jsonAnswer } from '../5-send-response/json-answer';
import { cookieHeader, refuse } from './cart-answer';
import { placeOf } from './place-of';
import { nest } from './read-input';
import { isFetchedAhead, ownPath } from './same-origin';

/** The longest note, code or attribute that a link may carry. */
const longestText = 1_000;

/** A race is lost to the shopper's own other tab. */
const retries = 2;

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
    const remember = () =>
      this.db.write(site.storeId, async (store) => {
        const { owner } = await this.ownerOf(store, request);
        return this.carts.rememberCode(store, owner, code);
      });
    let outcome = await remember();
    for (let again = 0; outcome.kind === 'raced' && again < retries; again += 1)
      outcome = await remember();
    const token = outcome.kind === 'done' ? outcome.token : null;
    return redirect(302, to, cookieHeader(token, request.secure));
  }

  /**
   * Fills a new cart by a share link, `/cart/<variant>:<quantity>,…?discount=…&note=…&attributes[k]=…&ref=…`, and leads to
   * the checkout, or to the cart with `storefront=true`. `ref` is where the order came from. What the shopper had in
   * their cart before stays what it was. `checkout[email]` and `checkout[shipping_address][…]` go along to the checkout.
   */
  async cartLink(
    site: StoreSite,
    items: readonly { variant: number; quantity: number }[],
    request: ShopRequest,
  ): Promise<ShopResponse> {
    if (request.method !== 'GET' && request.method !== 'HEAD') return notAllowed('GET, HEAD');
    const query = queryOf(request);
    const to =
      query.get('storefront') === 'true' ? '/cart' : `/checkout${prefillQuery(readPrefill(query))}`;
    if (request.method === 'HEAD' || isFetchedAhead(request)) return redirect(302, '/cart');
    const remarks = remarksOf(query);
    const { outcome, locale } = await this.db.write(site.storeId, async (store) => {
      const { owner, locale } = await this.ownerOf(store, request);
      const additions = items.map((item) => ({ ...item, properties: [] }));
      return {
        outcome: await this.carts.add(store, { ...owner, token: null }, additions, remarks),
        locale: request.locale ?? locale,
      };
    });
    if (outcome.kind === 'refused') {
      const status = outcome.refusal.reason === 'variant-missing' ? 404 : 422;
      return refuse('browser', status, refusalSentence(outcome.refusal, locale));
    }
    const token = outcome.kind === 'done' ? outcome.token : null;
    return redirect(302, withLocale(to, request.locale), cookieHeader(token, request.secure));
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
    const rates = await this.rates.of(site.storeId, cartToken, address);
    if (rates === null) return jsonAnswer(422, { error: ['country is not supported'] });
    return jsonAnswer(200, { shipping_rates: rates });
  }

  /** Whose cart a link is about, where they buy, and the store's language. */
  private async ownerOf(
    store: StoreWriter,
    { headers }: ShopRequest,
  ): Promise<{ owner: CartOwner; locale: string }> {
    const shop = await this.stores.shop(store);
    const { cartToken: token, country } = shopperOf(headers.cookie);
    const place = shop ? await placeOf(store, shop, country) : { currency: 'EUR' };
    return { owner: { token, ...place }, locale: shop?.locale ?? 'en' };
  }
}

/** What a share link says beside its goods. */
function remarksOf(query: URLSearchParams): CartRemarks {
  const text = (name: string): string =>
    (query.get(name) ?? '').replaceAll('\0', '').trim().slice(0, longestText);
  const attributes = [...query].flatMap(([name, value]): [string, string][] => {
    const key = /^attributes\[([^\]]{1,255})\]$/.exec(name)?.[1];
    return key === undefined ? [] : [[key, value.replaceAll('\0', '').slice(0, longestText)]];
  });
  const [codes, note, source] = [text('discount'), text('note'), text('ref').slice(0, 255)];
  return {
    attributes: Object.fromEntries(attributes),
    ...(codes !== '' && { codes: codes.split(',') }),
    ...(note !== '' && { note }),
    ...(source !== '' && { source }),
  };
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
