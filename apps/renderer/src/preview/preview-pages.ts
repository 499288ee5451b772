import { Inject, Injectable } from '@nestjs/common';
import type { OpenPreview } from '@renderer/themes';
import { Log } from '@platform/telemetry';
import type { Site } from '../1-resolve-store/resolve-store';
import type { PageRoute } from '../2-match-route/match-route';
import { PageLoader } from '../3-load-page/load-page';
import { shopperOf } from '../3-load-page/shopper';
import { MakingTurns } from '../4-render-theme/making-turns';
import { passesSoon } from '../4-render-theme/passes-soon';
import { previewLine } from '../4-render-theme/store-costs';
import { ThemeRenderer } from '../4-render-theme/render-theme';
import { FormResults } from '../actions/forms/form-results';
import { plainPage } from '../5-send-response/plain-page';
import type { ShopRequest, ShopResponse } from '../shop-request';
import { StoreSections, isForSections } from '../store-sections';
import { previewPath } from './preview-paths';

type StoreSite = Extract<Site, { kind: 'store' }>;

/** Pages of a version that is not live: made for each request, with a bar that says so. */
@Injectable()
export class PreviewPages {
  constructor(
    @Inject(Log) private readonly log: Log,
    @Inject(PageLoader) private readonly loader: PageLoader,
    @Inject(ThemeRenderer) private readonly renderer: ThemeRenderer,
    @Inject(MakingTurns) private readonly turns: MakingTurns,
    @Inject(StoreSections) private readonly sections: StoreSections,
    @Inject(FormResults) private readonly forms: FormResults,
  ) {}

  /** A page of the previewed version; the version may have been deleted since. */
  async page(
    site: StoreSite,
    page: PageRoute,
    request: ShopRequest,
    preview: OpenPreview,
  ): Promise<ShopResponse> {
    const versionId = preview.versionId as string;
    if (preview.n === null) return plainPage('no-preview', request.id);
    if (isForSections(page)) return this.sections.make(site, page, request, { versionId });
    try {
      const formResult = this.forms.read(site.storeId, request.headers.cookie);
      const shopper = { ...shopperOf(request.headers.cookie), formResult };
      return await this.turns.take(previewLine(site.storeId), async () => {
        const loaded = await this.loader.load(site, page, shopper, { versionId });
        if (!loaded) return plainPage('no-theme', request.id);
        const bodyEnd = `${loaded.input.bodyEnd ?? ''}${bar(preview)}`;
        const input = { ...loaded.input, bodyEnd };
        return this.renderer.render(site.storeId, { ...loaded, input });
      });
    } catch (error) {
      if (passesSoon(error)) return plainPage('unreachable', request.id);
      this.log.error({ err: error, storeId: site.storeId, versionId }, 'a preview failed');
      return plainPage('failed', request.id);
    }
  }
}

/** Says what is seen and leads out; its style is its own, whatever the theme says of elements. */
function bar({ themeName, n }: OpenPreview): string {
  const name = escapeText(themeName ?? 'a theme');
  const base =
    'all:initial;font:14px/1.4 system-ui,sans-serif;color:#fff;background:#1c1917;box-sizing:border-box';
  return (
    `<aside aria-label="Preview" style="${base};position:fixed;inset:auto 0 0;z-index:2147483647;` +
    'display:flex;gap:12px;justify-content:center;align-items:center;padding:8px 16px">' +
    `<span style="all:unset">Preview of ${name}, version ${n}</span>` +
    `<form method="post" action="${previewPath}/leave" style="all:unset">` +
    '<button style="all:unset;cursor:pointer;text-decoration:underline;padding:4px 8px">Leave</button>' +
    '</form></aside>'
  );
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
