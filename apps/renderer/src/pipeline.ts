import { Inject, Injectable } from '@nestjs/common';
import { HostDirectory } from '@renderer/domains';
import { CONFIG, type Config } from '@platform/config';
import { canonicalUrl } from './1-resolve-store/canonical-host';
import { parseHost, pathOf } from './1-resolve-store/parse-host';
import { type Site, StoreResolver } from './1-resolve-store/resolve-store';
import { keepLocale } from './2-match-route/locale-prefix';
import { matchInLanguage } from './2-match-route/match-in-language';
import { SettingsOfStores } from './2-match-route/store-settings';
import { plainPage, redirect } from './5-send-response/plain-page';
import { ProviderWebhooks } from './actions/provider-webhooks';
import { Previews } from './preview/previews';
import { Routes } from './routes';
import type { ShopRequest, ShopResponse } from './shop-request';

const challengePath = '/.well-known/acme-challenge/';

/** The journey of a request, station by station. */
@Injectable()
export class Pipeline {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(HostDirectory) private readonly hosts: HostDirectory,
    @Inject(StoreResolver) private readonly resolver: StoreResolver,
    @Inject(ProviderWebhooks) private readonly webhooks: ProviderWebhooks,
    @Inject(Previews) private readonly previews: Previews,
    @Inject(SettingsOfStores) private readonly settings: SettingsOfStores,
    @Inject(Routes) private readonly routes: Routes,
  ) {}

  /** Answers any request; throws only for faults of ours. */
  async handle(request: ShopRequest): Promise<ShopResponse> {
    const host = parseHost(request.hosts, request.target);
    if (!host) return plainPage('bad-request', request.id);
    const path = pathOf(request.target);
    // Before any store is asked: its content must never answer for an authority (domains.md, 1.6).
    if (path.startsWith(challengePath))
      return this.challenge(host.name, path.slice(challengePath.length));
    // A connection made for one name must not fetch another's pages.
    if (request.servername !== null && request.servername.toLowerCase() !== host.name) {
      return { status: 421, headers: {}, body: Buffer.alloc(0) };
    }
    const site = await this.resolver.resolve(host.name);
    if (site.kind === 'unknown') return plainPage('unreachable', request.id);
    if (site.kind !== 'store') return plainPage(site.kind, request.id);
    // A provider follows no redirect, and knows no password.
    const told = await this.webhooks.answer(site, path, request);
    if (told) return told;
    const preview = await this.previews.visit(site, path, request);
    if (preview) return preview;
    const elsewhere = canonicalUrl(site, request, path, this.config.shop);
    if (elsewhere !== null) return redirect(isRead(request) ? 301 : 308, elsewhere);
    return this.inLanguage(site, path, request);
  }

  /** Takes the language off the front of the path, and puts it before what an answer leads to. */
  private async inLanguage(
    site: Extract<Site, { kind: 'store' }>,
    path: string,
    request: ShopRequest,
  ): Promise<ShopResponse> {
    const { route, locale } = await matchInLanguage(path, () => this.settings.of(site.storeId));
    if (route.kind === 'redirect') return redirect(301, route.to);
    if (locale === undefined) return this.routes.answer(site, route, request);
    const answer = await this.routes.answer(site, route, { ...request, locale });
    // A form may lead into another language.
    return route.kind === 'form' ? answer : keepLocale(answer, locale);
  }

  private async challenge(host: string, token: string): Promise<ShopResponse> {
    const answer = await this.hosts.answerChallenge(host, token);
    return {
      status: answer === null ? 404 : 200,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
      body: Buffer.from(answer ?? 'There is no such challenge.'),
    };
  }
}

function isRead({ method }: ShopRequest): boolean {
  return method === 'GET' || method === 'HEAD';
}
