import { Inject, Injectable } from '@nestjs/common';
import type { PageInput, ThemeMeta } from '@libs/template-engine';
import { StorefrontPreviews, localTheme } from '@renderer/themes';
import { Log } from '@platform/telemetry';
import type { Site } from '../1-resolve-store/resolve-store';
import { type PageRoute, passwordPage } from '../2-match-route/match-route';
import { PageLoader } from '../3-load-page/load-page';
import { shopperOf } from '../3-load-page/shopper';
import { FormResults, forgottenResult } from '../actions/forms/form-results';
import type { ShopRequest, ShopResponse } from '../shop-request';
import { previewDataInput } from './preview-data-input';
import { type PreviewRoute, PreviewRoutes } from './preview-routes';

type StoreSite = Extract<Site, { kind: 'store' }>;

/** What a developer's machine is told of a path: a page's data, where it leads, or that it is no page. */
type Answer =
  | { kind: 'page'; status: number; statements: number; locale: string; input: PageInput }
  | { kind: 'redirect'; to: string }
  | { kind: 'other' };

/**
 * Gives a theme on a developer's machine the data of a page, planned by what the machine says of the theme: plain JSON,
 * and nothing in it that a shopper could not see. No code of the theme comes here and none is run.
 */
@Injectable()
export class PreviewData {
  constructor(
    @Inject(Log) private readonly log: Log,
    @Inject(PageLoader) private readonly loader: PageLoader,
    @Inject(StorefrontPreviews) private readonly previews: StorefrontPreviews,
    @Inject(PreviewRoutes) private readonly paths: PreviewRoutes,
    @Inject(FormResults) private readonly forms: FormResults,
  ) {}

  /** Answers `POST /_caravel/preview/data` with the token of a preview as its bearer. */
  async answer(site: StoreSite, request: ShopRequest): Promise<ShopResponse> {
    if (request.method !== 'POST') return problem(405, 'This address takes POST only.');
    const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (!(await this.previews.find(site.storeId, token))) {
      return problem(401, 'The preview has ended, or the token is not one of this store.');
    }
    const input = previewDataInput(request.body);
    if ('fault' in input) return problem(422, input.fault);
    const { path, meta, assets } = input;
    const asked = await this.paths.match(site, path, request);
    if (asked.kind === 'redirect') return json(200, asked);
    const page = asked.kind === 'page' ? asked.page : passwordPageOf(asked, meta);
    return page ? this.data(site, request, page, { meta, assets }) : json(200, { kind: 'other' });
  }

  private async data(
    site: StoreSite,
    request: ShopRequest,
    page: PageRoute,
    { meta, assets }: { meta: ThemeMeta; assets: Record<string, string> },
  ): Promise<ShopResponse> {
    // A theme without pages of the account has its 404 page there.
    const needed = page.type.startsWith('customers/') ? ['404'] : [page.type, '404'];
    const missing = needed.find((name) => meta.templates[name] === undefined);
    if (missing !== undefined) {
      const file = `templates/${missing}.json`;
      return problem(422, `meta.templates has no ${missing}: the theme lacks ${file}.`);
    }
    const local = localTheme(meta, assets);
    try {
      const formResult = this.forms.read(site.storeId, request.headers.cookie);
      const shopper = { ...shopperOf(request.headers.cookie), formResult };
      const loaded = await this.loader.load(site, page, shopper, { local });
      if (!loaded) return problem(404, 'The store is gone.');
      const { status, statements, input } = loaded;
      const { locale } = input.globals.request as { locale: string };
      const answer = json(200, { kind: 'page', status, statements, locale, input });
      if (!loaded.tellsFormResult) return answer;
      // As with the page itself: it is told once.
      return { ...answer, headers: { ...answer.headers, 'set-cookie': forgottenResult } };
    } catch (error) {
      this.log.warn({ err: error, storeId: site.storeId }, 'the data of a preview failed');
      return problem(422, 'The page could not be planned from what was said of the theme.');
    }
  }
}

/** The page that asks for the store's password, where the theme has one: its author sees it whether the store asks or not. */
function passwordPageOf(
  { route, locale }: Extract<PreviewRoute, { kind: 'other' }>,
  { templates }: ThemeMeta,
): PageRoute | null {
  const isPassword = route.kind === 'form' && route.form === 'password';
  return isPassword && templates['password'] !== undefined ? { ...passwordPage, locale } : null;
}

function json(status: number, body: Answer): ShopResponse {
  return answerOf(status, 'application/json; charset=utf-8', body);
}

function problem(status: number, detail: string): ShopResponse {
  return answerOf(status, 'application/problem+json; charset=utf-8', { status, detail });
}

function answerOf(status: number, type: string, body: unknown): ShopResponse {
  return {
    status,
    headers: { 'content-type': type, 'cache-control': 'no-store', 'x-robots-tag': 'noindex' },
    body: Buffer.from(JSON.stringify(body)),
  };
}
