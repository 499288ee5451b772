import { Inject, Injectable } from '@nestjs/common';
import type { SectionError } from '@libs/template-engine';
import { Log, Metrics } from '@platform/telemetry';
import type { LoadedPage } from '../3-load-page/load-page';
import { pagePolicy } from '../5-send-response/page-policy';
import type { ShopResponse } from '../shop-request';
import { PreviewPool, RenderPool, spent } from './render-pool';
import { type RenderKind, RenderProcessDied, type Rendered } from './render-process';
import { SectionBlacklist } from './section-blacklist';

/** A page with more sections than this that kill processes is given up. */
const mostKillers = 3;

/** Sections apart from their page. */
export interface RenderedSections {
  html: Record<string, string | null>;
  failed: boolean;
}

/** The fourth station: page data and published theme become HTML, in another process. */
@Injectable()
export class ThemeRenderer {
  private readonly failures;
  private readonly leftOut;

  constructor(
    @Inject(RenderPool) private readonly pool: RenderPool,
    @Inject(PreviewPool) private readonly previews: PreviewPool,
    @Inject(SectionBlacklist) private readonly blacklist: SectionBlacklist,
    @Inject(Log) private readonly log: Log,
    @Inject(Metrics) metrics: Metrics,
  ) {
    this.failures = metrics.counter({
      name: 'section_failures_total',
      help: 'Sections that were replaced by a comment, by code.',
      labels: ['code'],
    });
    this.leftOut = metrics.counter({
      name: 'sections_left_out_total',
      help: 'Sections that pages began to be made without, because they killed a process or kept running out of budget.',
      labels: ['reason'],
    });
  }

  /** @throws RenderProcessDied, RenderFailed, RenderOverload */
  async render(storeId: string, page: LoadedPage): Promise<ShopResponse> {
    const { body, failed } = await this.made(storeId, page, 'page');
    return {
      status: page.status,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': pagePolicy(),
        'cache-control': cacheControl(page.private || page.status !== 200 || failed),
        // A cache that has the page of a shopper without a cart must not give it to one who has.
        ...(page.varies ? { vary: 'Cookie' } : {}),
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
    const input = this.allowed(storeId, page);
    const { body, errors } = await this.insist(storeId, { ...page, input }, kind);
    for (const error of errors) this.note(storeId, page, error);
    return { body, failed: errors.length > 0 };
  }

  /** The page without the sections that are left out at the moment. */
  private allowed(storeId: string, { artefact: { hash }, v, input }: LoadedPage) {
    const now = performance.now();
    const sections = input.sections.filter(
      ({ id: section }) => !this.blacklist.has({ storeId, hash, section }, v, now),
    );
    return sections.length < input.sections.length ? { ...input, sections } : input;
  }

  /**
   * Renders; what killed its process is tried once more with the process saying where it is, and what kills that one
   * too is left out, section by section.
   */
  private async insist(storeId: string, page: LoadedPage, kind: RenderKind): Promise<Rendered> {
    const pool = page.preview ? this.previews : this.pool;
    const { artefact } = page;
    let { input } = page;
    for (let attempt = 0; ; attempt += 1) {
      try {
        const text = Buffer.from(JSON.stringify(input));
        return await pool.render(storeId, { artefact, input: text, kind, traced: attempt > 0 });
      } catch (error) {
        if (!(error instanceof RenderProcessDied)) throw error;
        if (attempt === 0) continue;
        const killer = error.section === null ? undefined : input.sections[error.section];
        if (!killer || attempt > mostKillers) throw error;
        this.ban(storeId, page, killer.id);
        input = { ...input, sections: input.sections.filter((section) => section !== killer) };
      }
    }
  }

  private ban(storeId: string, { artefact: { hash }, v }: LoadedPage, section: string): void {
    this.blacklist.ban({ storeId, hash, section }, v);
    this.leftOut.inc({ reason: 'killed' });
    this.log.error({ storeId, section, artefact: hash }, 'a section killed its process twice');
  }

  private note(storeId: string, { artefact: { hash } }: LoadedPage, error: SectionError): void {
    const { section, file, line, code } = error;
    this.failures.inc({ code });
    this.log.warn({ storeId, section, file, line, code }, 'a section failed');
    if (section === '' || !spent.has(code)) return;
    if (!this.blacklist.strike({ storeId, hash, section }, performance.now())) return;
    this.leftOut.inc({ reason: 'budget' });
    this.log.warn({ storeId, section, file, line, code }, 'a section is left out for a while');
  }
}

/** Shared caches may keep what is public for a minute; browsers ask each time and get a 304. */
export function cacheControl(forOneShopper: boolean): string {
  return forOneShopper ? 'private, no-cache' : 'public, max-age=0, s-maxage=60';
}
