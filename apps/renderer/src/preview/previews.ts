import { Inject, Injectable } from '@nestjs/common';
import { type OpenPreview, StorefrontPreviews } from '@renderer/themes';
import { CONFIG, type Config } from '@platform/config';
import type { Site } from '../1-resolve-store/resolve-store';
import { keepLocale } from '../2-match-route/locale-prefix';
import { plainPage, redirect } from '../5-send-response/plain-page';
import { pagePolicy } from '../5-send-response/page-policy';
import { mayWrite, ownPath } from '../actions/same-origin';
import { Routes } from '../routes';
import type { ShopRequest, ShopResponse } from '../shop-request';
import { PreviewData } from './preview-data';
import { PreviewPages } from './preview-pages';
import { previewCookie, previewDataPath, previewPath, previewTokenOf } from './preview-paths';
import { PreviewRoutes } from './preview-routes';

type StoreSite = Extract<Site, { kind: 'store' }>;

/**
 * Themes before they are live, on the store's own name under the platform's zone and on no other: a link there sets a
 * cookie of that one host, and the pages are then of the version that the link names, for nobody else, never kept. The
 * token of a theme on a developer's machine leaves the pages as they are: with it the store's own name answers whatever
 * that theme's pages ask for, where shoppers would be sent to another name, or asked for a password.
 */
@Injectable()
export class Previews {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(StorefrontPreviews) private readonly previews: StorefrontPreviews,
    @Inject(PreviewData) private readonly data: PreviewData,
    @Inject(PreviewPages) private readonly pages: PreviewPages,
    @Inject(PreviewRoutes) private readonly paths: PreviewRoutes,
    @Inject(Routes) private readonly routes: Routes,
  ) {}

  /**
   * Answers what belongs to a preview.
   * @param path path and query
   * @returns null for a request that has nothing to do with one
   */
  async visit(site: StoreSite, path: string, request: ShopRequest): Promise<ShopResponse | null> {
    if (!site.host.endsWith(`.${this.config.shop.platformZone}`)) return null;
    const [pathname = '', query = ''] = path.split('?', 2);
    const here = { ...site, primaryHost: site.host, primaryIsSecure: site.isSecure };
    if (pathname === previewDataPath) return this.data.answer(here, request);
    if (pathname === previewPath) return this.enter(here, new URLSearchParams(query), request);
    if (pathname === `${previewPath}/leave`) return leave(request);
    const token = previewTokenOf(request.headers.cookie);
    if (token === null) return null;
    const preview = await this.previews.find(site.storeId, token);
    if (preview === null) return null;
    return this.framed(unseen(await this.page(here, path, request, preview)));
  }

  private async page(
    site: StoreSite,
    path: string,
    request: ShopRequest,
    preview: OpenPreview,
  ): Promise<ShopResponse> {
    const { versionId } = preview;
    const read = request.method === 'GET' || request.method === 'HEAD';
    if (versionId !== null && read) {
      const asked = await this.paths.match(site, path, request);
      if (asked.kind === 'page') return this.pages.page(site, asked.page, request, preview);
      if (asked.kind === 'redirect') return redirect(302, asked.to);
    }
    const { route, locale } = await this.paths.find(site, path);
    if (route.kind === 'redirect') return redirect(302, route.to);
    const other = versionId === null ? undefined : { versionId };
    // Whoever may see a version that is not live may see the store.
    const answer = await this.routes.open(site, route, { ...request, locale }, other);
    return locale === undefined || route.kind === 'form' ? answer : keepLocale(answer, locale);
  }

  /** The editor shows previews in a frame; it is served beside the API. */
  private framed(response: ShopResponse): ShopResponse {
    if (response.headers['content-security-policy'] === undefined) return response;
    const policy = pagePolicy(new URL(this.config.api.url).origin);
    return { ...response, headers: { ...response.headers, 'content-security-policy': policy } };
  }

  private async enter(
    site: StoreSite,
    query: URLSearchParams,
    request: ShopRequest,
  ): Promise<ShopResponse> {
    const token = query.get('token') ?? '';
    const preview = await this.previews.find(site.storeId, token);
    if (preview?.versionId == null) return unseen(plainPage('no-preview', request.id));
    const seconds = Math.floor((preview.expiresAt.getTime() - Date.now()) / 1000);
    const cookie = setCookie(token, Math.max(1, seconds), request.secure);
    return unseen(redirect(303, ownPath(query.get('path') ?? '/') ?? '/', cookie));
  }
}

/** The way out: a form of the bar on every page of a preview, so that no other site takes anybody out. */
function leave(request: ShopRequest): ShopResponse {
  if (request.method !== 'POST') {
    return { status: 405, headers: { allow: 'POST' }, body: Buffer.alloc(0) };
  }
  if (!mayWrite(request)) return { status: 403, headers: {}, body: Buffer.alloc(0) };
  return unseen(redirect(303, '/', setCookie('', 0, request.secure)));
}

function setCookie(value: string, seconds: number, secure: boolean): { 'set-cookie': string } {
  const kept = `${previewCookie}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax`;
  return { 'set-cookie': secure ? `${kept}; Secure` : kept };
}

/** Search engines and caches keep nothing of a preview; what names its content by its address may stay kept. */
function unseen(response: ShopResponse): ShopResponse {
  const kept = String(response.headers['cache-control'] ?? '').includes('immutable');
  const headers = { ...response.headers, 'x-robots-tag': 'noindex' };
  return { ...response, headers: kept ? headers : { ...headers, 'cache-control': 'no-store' } };
}
