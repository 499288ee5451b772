import { Inject, Injectable } from '@nestjs/common';
import {
  type AjaxAnswer,
  type CartOutcome,
  type CartOwner,
  Carts,
  type LeftOut,
  OpenCarts,
  type ReorderedLine,
  ShopperSignIns,
  cartChangedSentence,
  fieldSentences,
  refusalSentence,
} from '@renderer/checkout';
import { StorefrontStores } from '@renderer/stores';
import { Db, type StoreWriter } from '@platform/database';
import type { Site } from '../1-resolve-store/resolve-store';
import { AccountData } from '../account/account-data';
import type { CartAction, Route } from '../2-match-route/match-route';
import { type Shopper, shopperOf } from '../3-load-page/shopper';
import { placeOf } from './place-of';
import { plainPage, redirect } from '../5-send-response/plain-page';
import type { ShopRequest, ShopResponse } from '../shop-request';
import { jsonAnswer } from '../5-send-response/json-answer';
import { type Reader, cookieHeader, readerOf, refuse } from './cart-answer';
import { type Wish, readWish } from './cart-wish';
import { type Input, type Unreadable, nest, readInput } from './read-input';
import { ShopperLimits } from './shopper-limits';
import { mayFollow, mayWrite, ownPath, ownReferrer } from './same-origin';

type StoreSite = Extract<Site, { kind: 'store' }>;
type ActionRoute = Extract<Route, { kind: 'action' }>;

/** What a wish came to: an outcome, with what a script reads of it. */
type Result =
  | Exclude<CartOutcome, { kind: 'done' }>
  | { kind: 'done'; token: string | null; answer: AjaxAnswer };

/** Renders sections of a page of the store as the owner of that cart sees them. */
export type RenderSections = (
  wanted: { ids: readonly string[]; url: string },
  cartToken: string | null,
) => Promise<Record<string, string | null>>;

/** Who asked, and how. */
interface Asking {
  reader: Reader;
  request: ShopRequest;
  render: RenderSections;
}

/** A race is lost to the shopper's own other tab: trying again at once is what it would do itself. */
const tries = 3;

/** What a shopper submits to the cart, by form or by script: the contract of commerce.md, chapter 1. */
@Injectable()
export class CartActions {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(StorefrontStores) private readonly stores: StorefrontStores,
    @Inject(OpenCarts) private readonly carts: OpenCarts,
    @Inject(Carts) private readonly views: Carts,
    @Inject(AccountData) private readonly account: AccountData,
    @Inject(ShopperSignIns) private readonly signIns: ShopperSignIns,
    @Inject(ShopperLimits) private readonly limits: ShopperLimits,
  ) {}

  /**
   * Answers `/cart.js`, `/cart/add`, `/cart/change`, `/cart/update`, `/cart/clear` and the form of `/cart`.
   * @param render asked once the change is committed, when a script wants sections with its answer
   */
  async answer(
    site: StoreSite,
    route: ActionRoute,
    request: ShopRequest,
    render: RenderSections,
  ): Promise<ShopResponse> {
    const { action } = route;
    const reader = readerOf(route.json, request);
    if (action === 'show') return this.show(site, request);
    const link = request.method === 'GET' && action === 'change';
    if (request.method !== 'POST' && !link) return notAllowed(action);
    if (link ? !mayFollow(request) : !mayWrite(request)) {
      return refuse(reader, 403, 'This request came from somewhere else.');
    }
    const input = link ? nest(queryOf(request)) : await readInput(request);
    if (typeof input === 'string') return unreadable(reader, input);
    return this.fulfil(site, action, input, { reader, request, render });
  }

  /**
   * Puts into the shopper's cart what can still be bought of what they ordered before.
   * @returns the cart's cookie and what was left out; null when other tabs changed the cart again and again
   */
  async reorder(
    storeId: string,
    shopper: Shopper,
    wanted: readonly ReorderedLine[],
  ): Promise<{ token: string | null; left: LeftOut[] } | null> {
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      const done = await this.db.write(storeId, async (store) => {
        const { owner, customerId } = await this.ownerOf(store, shopper);
        const { outcome, left } = await this.carts.reorder(store, owner, wanted);
        return { outcome: await this.keep(store, outcome, customerId), left };
      });
      if (done.outcome.kind === 'done') return { token: done.outcome.token, left: done.left };
      if (done.outcome.kind === 'refused') return { token: null, left: done.left };
    }
    return null;
  }

  private async show(site: StoreSite, request: ShopRequest): Promise<ShopResponse> {
    if (request.method !== 'GET' && request.method !== 'HEAD') return notAllowed('show');
    const { cartToken, country } = shopperOf(request.headers.cookie);
    const cart = await this.db.read(site.storeId, async (store) => {
      const shop = await this.stores.shop(store);
      if (!shop) return null;
      const { currency } = await placeOf(store, shop, country);
      return this.views.ajax(store, cartToken, currency);
    });
    return cart ? jsonAnswer(200, cart) : plainPage('nobody', request.id);
  }

  private async fulfil(
    site: StoreSite,
    action: Exclude<CartAction, 'show'>,
    input: Input,
    asking: Asking,
  ): Promise<ShopResponse> {
    const { reader, request } = asking;
    const wish = readWish(action, input);
    if ('parameter' in wish) {
      return refuse(reader, 400, `Required parameter missing or invalid: ${wish.parameter}`);
    }
    const held = namesCodes(wish) && (await this.limits.take(site, 'code', request, reader));
    if (held) return held;
    const shopper = shopperOf(request.headers.cookie);
    const { cartToken } = shopper;
    const { result, locale: own } = await this.grant(site.storeId, wish, shopper);
    const locale = request.locale ?? own;
    if (result.kind === 'raced') return refuse(reader, 409, cartChangedSentence(locale));
    if (result.kind === 'refused') {
      const { refusal } = result;
      const status = refusal.reason === 'variant-missing' ? 404 : 422;
      const byField = refusal.reason === 'gift' ? fieldSentences(refusal, locale) : null;
      return refuse(reader, status, byField ?? refusalSentence(refusal, locale));
    }
    const cookie = cookieHeader(result.token, request.secure);
    if (reader === 'browser') return redirect(302, destination(wish), cookie);
    const sections = await bundled(wish, asking, result.token ?? cartToken);
    return jsonAnswer(200, { ...scriptAnswer(wish, result.answer), ...sections }, cookie);
  }

  private async grant(
    storeId: string,
    wish: Wish,
    shopper: Shopper,
  ): Promise<{ result: Result; locale: string }> {
    for (let attempt = 1; ; attempt += 1) {
      const granted = await this.db.write(storeId, async (store) => {
        const { owner, customerId, locale } = await this.ownerOf(store, shopper);
        const outcome = await this.keep(store, await this.do(store, owner, wish), customerId);
        const result: Result =
          outcome.kind === 'done'
            ? {
                kind: 'done',
                token: outcome.token,
                answer: await this.views.answer(store, outcome),
              }
            : outcome;
        return { result, locale };
      });
      if (granted.result.kind !== 'raced' || attempt === tries) return granted;
    }
  }

  /** Whose cart is meant, with the prices of where they buy, and the store's language. */
  private async ownerOf(
    store: StoreWriter,
    shopper: Shopper,
  ): Promise<{ owner: CartOwner; customerId: string | null; locale: string }> {
    const shop = await this.stores.shop(store);
    const customer = await this.account.customerOf(store, shopper.customerToken ?? null);
    const customerId = customer?.id ?? null;
    const token = await this.tokenOf(store, shopper.cartToken, customerId);
    const place = shop && (await placeOf(store, shop, shopper.country));
    const owner = {
      token,
      currency: shop?.currency ?? 'EUR',
      ...(place?.market === undefined ? {} : { market: place.market }),
    };
    return { owner, customerId, locale: shop?.locale ?? 'en' };
  }

  /** A customer's own cart is found without its cookie. */
  private tokenOf(
    store: StoreWriter,
    cartToken: string | null,
    customerId: string | null,
  ): Promise<string | null> {
    if (cartToken !== null || customerId === null) return Promise.resolve(cartToken);
    return this.signIns.cartTokenOf(store, customerId);
  }

  /** A cart that a customer fills is theirs in every browser. */
  private async keep(
    store: StoreWriter,
    outcome: CartOutcome,
    customerId: string | null,
  ): Promise<CartOutcome> {
    if (outcome.kind !== 'done' || outcome.token === null) return outcome;
    if (customerId === null || outcome.cart.customerId !== null) return outcome;
    const { token: cartToken } = outcome;
    const token = await this.signIns.signIn(store, { customerId, cartToken });
    const cart = token === null ? null : await this.carts.find(store, token);
    return cart ? { ...outcome, token, cart } : outcome;
  }

  private do(store: StoreWriter, owner: CartOwner, wish: Wish): Promise<CartOutcome> {
    switch (wish.verb) {
      case 'add':
        return this.carts.add(store, owner, wish.additions, wish.remarks);
      case 'change':
        return this.carts.change(store, owner, wish.line, wish.change);
      case 'update':
        return this.carts.update(store, owner, wish.updates, wish.remarks);
      default:
        return this.carts.clear(store, owner);
    }
  }
}

/** One thing that was added is answered by its line, several by a list of them, all else by the cart. */
function scriptAnswer(wish: Wish, { cart, lines, gained, lost }: AjaxAnswer): object | undefined {
  if (wish.verb === 'add') return wish.single ? lines[0] : { items: lines };
  if (wish.verb === 'clear') return cart;
  return { ...cart, items_added: gained, items_removed: lost };
}

/** `sections` of the answer, rendered with the cart as it is now; nothing when none were asked for. */
async function bundled(
  { bundle }: Wish,
  { request, render }: Asking,
  cartToken: string | null,
): Promise<{ sections?: Awaited<ReturnType<RenderSections>> }> {
  if (!bundle) return {};
  const url = bundle.url ?? ownReferrer(request) ?? '/';
  return { sections: await render({ ids: bundle.ids, url }, cartToken) };
}

/** Whether codes are tried; taking them away is none. */
function namesCodes(wish: Wish): boolean {
  if (!('remarks' in wish)) return false;
  return wish.remarks.codes?.some((code) => code.trim() !== '') ?? false;
}

function destination({ returnTo, checkout }: Wish): string {
  if (checkout) return checkout === 'paypal' ? '/checkout?express=paypal' : '/checkout';
  return (returnTo === null ? null : ownPath(returnTo)) ?? '/cart';
}

function unreadable(reader: Reader, why: Unreadable): ShopResponse {
  return why === 'unsupported'
    ? refuse(reader, 415, 'The cart reads JSON and forms.')
    : refuse(reader, 400, 'The request cannot be read.');
}

function notAllowed(action: CartAction): ShopResponse {
  const allow = { show: 'GET, HEAD', change: 'GET, POST' }[action as string] ?? 'POST';
  return { status: 405, headers: { allow, 'cache-control': 'no-store' }, body: Buffer.alloc(0) };
}

function queryOf({ target }: ShopRequest): URLSearchParams {
  return new URLSearchParams(target.split('?').slice(1).join('?'));
}
