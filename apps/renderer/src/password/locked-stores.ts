import { Inject, Injectable } from '@nestjs/common';
import type { Site } from '../1-resolve-store/resolve-store';
import type { Route } from '../2-match-route/match-route';
import { closedRobotsTxt } from '../5-send-response/seo-files';
import { FormResults } from '../actions/forms/form-results';
import { readerOf } from '../actions/cart-answer';
import type { ShopRequest, ShopResponse } from '../shop-request';
import { StorePages } from '../store-pages';
import { PasswordGate } from './password-gate';
import { builtInPasswordPage } from './password-page';

type StoreSite = Extract<Site, { kind: 'store' }>;

/** Stores that ask for a password: whatever is asked of them, who does not know it gets the page that asks. */
@Injectable()
export class LockedStores {
  constructor(
    @Inject(PasswordGate) private readonly gate: PasswordGate,
    @Inject(StorePages) private readonly pages: StorePages,
    @Inject(FormResults) private readonly results: FormResults,
  ) {}

  /** @param open answers who may see the store; nothing of that is left to shared caches */
  async guard(
    site: StoreSite,
    route: Route,
    request: ShopRequest,
    open: () => Promise<ShopResponse>,
  ): Promise<ShopResponse> {
    const hash = await this.gate.hashOf(site.storeId);
    if (hash === null || isFile(route)) return open();
    if (route.kind === 'robots') return closedRobotsTxt();
    if (this.gate.admits(site.storeId, hash, request)) return forOne(await open());
    if (route.kind === 'form' && request.method === 'POST') return open();
    return this.ask(site, route, request);
  }

  private async ask(site: StoreSite, route: Route, request: ShopRequest): Promise<ShopResponse> {
    const status = route.kind === 'form' && route.form === 'password' ? 200 : 403;
    if (
      isData(route) ||
      (route.kind === 'page' && route.page.sections) ||
      readerOf(false, request) === 'script'
    )
      return refused;
    const result = this.results.read(site.storeId, request.headers.cookie);
    const page =
      (await this.pages.password(site, request)) ?? builtInPasswordPage(result?.errors[0]?.message);
    return { ...forOne(page), status };
  }
}

/** What pages are made of; its address names its content, which says nothing of the store's goods. */
function isFile({ kind }: Route): boolean {
  return kind === 'asset' || kind === 'image' || kind === 'icon';
}

const dataKinds: readonly Route['kind'][] = [
  'suggest',
  'product-data',
  'recommendations',
  'bad-data',
];

/** What scripts ask for, whatever else their request says. */
function isData(route: Route): boolean {
  return dataKinds.includes(route.kind) || (route.kind === 'action' && route.json);
}

function forOne(response: ShopResponse): ShopResponse {
  return { ...response, headers: { ...response.headers, 'cache-control': 'private, no-store' } };
}

const refused: ShopResponse = {
  status: 403,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  body: Buffer.from(JSON.stringify({ status: 403, message: 'The store asks for a password.' })),
};
