import { Inject, Injectable } from '@nestjs/common';
import { Log, Metrics } from '@platform/telemetry';
import type { LoadedPage } from '../3-load-page/load-page';
import type { ShopResponse } from '../shop-request';
import { RenderPool } from './render-pool';

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
    const input = Buffer.from(JSON.stringify(page.input));
    const { html, errors } = await this.pool.render(page.artefact, input);
    for (const { section, file, line, code } of errors) {
      this.failures.inc({ code });
      this.log.warn({ storeId, section, file, line, code }, 'a section failed');
    }
    const keep = page.private || page.status !== 200 || errors.length > 0;
    return {
      status: page.status,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        // Shared caches may keep a page for a minute; browsers ask each time and get a 304.
        'cache-control': keep ? 'private, no-cache' : 'public, max-age=0, s-maxage=60',
      },
      body: html,
    };
  }
}
