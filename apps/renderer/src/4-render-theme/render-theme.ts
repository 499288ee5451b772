import { Inject, Injectable } from '@nestjs/common';
import { Log, Metrics } from '@platform/telemetry';
import type { LoadedPage } from '../3-load-page/load-page';
import type { ShopResponse } from '../shop-request';
import { RenderPool } from './render-pool';
import type { RenderKind } from './render-process';

/** Sections apart from their page. */
export interface RenderedSections {
  html: Record<string, string | null>;
  failed: boolean;
}

/** The fourth station: page data and published theme become HTML, in another process. */
@Injectable()
export class ThemeRenderer {
  private readonly failures;

  constructor(
    @Inject(RenderPool) private readonly pool: RenderPool,
    @Inject(Log) private readonly log: Log,
    @Inject(Metrics) metrics: Metrics,
  ) {
    this.failures = metrics.counter({
      name: 'section_failures_total',
      help: 'Sections that were replaced by a comment, by code.',
      labels: ['code'],
    });
  }

  /** @throws RenderProcessDied, RenderFailed, RenderOverload */
  async render(storeId: string, page: LoadedPage): Promise<ShopResponse> {
    const { body, failed } = await this.made(storeId, page, 'page');
    return {
      status: page.status,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': cacheControl(page.private || page.status !== 200 || failed),
      },
      body,
    };
  }

  /**
   * The sections of a page that was loaded for them alone.
   * @returns markup by section id, null of a section that failed, and whether any did
   * @throws RenderProcessDied, RenderFailed, RenderOverload
   */
  async sections(storeId: string, page: LoadedPage): Promise<RenderedSections> {
    const { body, failed } = await this.made(storeId, page, 'sections');
    return { html: JSON.parse(body.toString()) as RenderedSections['html'], failed };
  }

  private async made(storeId: string, page: LoadedPage, kind: RenderKind) {
    const input = Buffer.from(JSON.stringify(page.input));
    const { body, errors } = await this.pool.render(page.artefact, input, kind);
    for (const { section, file, line, code } of errors) {
      this.failures.inc({ code });
      this.log.warn({ storeId, section, file, line, code }, 'a section failed');
    }
    return { body, failed: errors.length > 0 };
  }
}

/** Shared caches may keep what is public for a minute; browsers ask each time and get a 304. */
export function cacheControl(forOneShopper: boolean): string {
  return forOneShopper ? 'private, no-cache' : 'public, max-age=0, s-maxage=60';
}
