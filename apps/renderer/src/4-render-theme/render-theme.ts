import { Inject, Injectable } from '@nestjs/common';
import type { PageInput, SectionError } from '@libs/template-engine';
import { forgottenResult } from '../actions/forms/form-results';
import type { LoadedPage } from '../3-load-page/load-page';
import { pagePolicy } from '../5-send-response/page-policy';
import type { ShopResponse } from '../shop-request';
import { FragmentPages } from './fragments/fragment-pages';
import type { PageSource } from './fragments/page-text';
import { withErrorCards } from './error-cards';
import { PreviewPool, RenderPool, SlowPool } from './render-pool';
import {
  type RenderJob,
  type RenderKind,
  RenderFailed,
  RenderProcessDied,
  type Rendered,
} from './render-process';
import { SectionFailures } from './section-failures';
import { StoreCosts, previewLine } from './store-costs';

/** A page with more sections than this that kill processes is given up. */
const mostKillers = 3;

/** Sections apart from their page. */
export interface RenderedSections {
  html: Record<string, string | null>;
  failed: boolean;
}

interface Made {
  body: Buffer;
  /** Of a body that came packed. */
  hash?: string | undefined;
  errors: readonly SectionError[];
  /** What it was made of, with the sections that were left out marked. */
  input: PageInput;
  /** Something failed that was not known to: the next try may go better. */
  surprised: boolean;
}

/** Renders somewhere. */
type Ask = (job: RenderJob) => Promise<Rendered>;

/** The fourth station: page data and published theme become HTML, in another process. */
@Injectable()
export class ThemeRenderer {
  constructor(
    @Inject(RenderPool) private readonly pool: RenderPool,
    @Inject(PreviewPool) private readonly previews: PreviewPool,
    @Inject(SlowPool) private readonly slow: SlowPool,
    @Inject(StoreCosts) private readonly costs: StoreCosts,
    @Inject(FragmentPages) private readonly fragments: FragmentPages,
    @Inject(SectionFailures) private readonly failures: SectionFailures,
  ) {}

  /** @throws RenderProcessDied, RenderFailed for the layout as well, RenderOverload */
  async render(storeId: string, page: LoadedPage): Promise<ShopResponse> {
    const { body, hash, errors, surprised } = await this.made(storeId, page, 'page');
    // Without its layout a page has no menu and no way on; in a preview it shows where the layout failed.
    const layout = errors.find(({ location }) => location === '');
    if (layout && !page.preview)
      throw new RenderFailed(`${layout.file}:${layout.line} ${layout.code} ${layout.message}`);
    return {
      status: page.status,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': pagePolicy(),
        'cache-control': cacheControl(page.private || page.status !== 200 || surprised),
        // A cache that has the page of a shopper without a cart must not give it to one who has.
        ...(page.varies ? { vary: 'Cookie' } : {}),
        ...(page.tellsFormResult ? { 'set-cookie': forgottenResult } : {}),
      },
      body: page.preview ? withErrorCards(body, errors) : body,
      ...(hash ? { packed: true, hash } : {}),
    };
  }

  /**
   * The sections of a page that was loaded for them alone.
   * @returns markup by section id, null of a section that failed and did not stand on the page before; whether any failed
   * @throws RenderProcessDied, RenderFailed, RenderOverload
   */
  async sections(storeId: string, page: LoadedPage): Promise<RenderedSections> {
    const { body, errors, input } = await this.made(storeId, page, 'sections');
    const html = JSON.parse(body.toString()) as RenderedSections['html'];
    if (page.preview) return { html, failed: errors.length > 0 };
    const before = this.fragments.standIns(storeId, sourceOf({ ...page, input }));
    const whole = Object.entries(html).map(([id, made]) => [id, made ?? before.get(id) ?? null]);
    return { html: Object.fromEntries(whole), failed: errors.length > 0 };
  }

  private async made(storeId: string, page: LoadedPage, kind: RenderKind): Promise<Made> {
    const marked = { ...page.input, sections: this.failures.mark(storeId, page) };
    const { body, hash, errors, input } = await this.insist(
      storeId,
      { ...page, input: marked },
      kind,
    );
    const known = new Set(input.sections.filter(({ failure }) => failure).map(nameOf));
    const news = errors.filter(({ section: id, location }) => !known.has(nameOf({ id, location })));
    for (const error of news) this.failures.note(storeId, page, error);
    return { body, hash, errors, input, surprised: news.length > 0 };
  }

  /**
   * Renders; what killed its process is tried once more with the process saying where it is, and what kills that one
   * too is left out, section by section.
   */
  private async insist(storeId: string, page: LoadedPage, kind: RenderKind) {
    const line = page.preview ? previewLine(storeId) : storeId;
    const dear = this.costs.isDear(line, performance.now());
    const pool = dear ? this.slow : page.preview ? this.previews : this.pool;
    const ask: Ask = (job) => pool.render(line, job);
    const { artefact } = page;
    let { input } = page;
    for (let attempt = 0; ; attempt += 1) {
      try {
        const traced = attempt > 0;
        const shown = kind === 'page' && !page.preview;
        // Dear pages are large: whole and packed they cost the least here, where everybody's requests are. What is left
        // out of one stands there as it was last, which only a page in parts can have.
        const packed = shown && dear && !input.sections.some(({ failure }) => failure);
        if (shown && !packed)
          return { ...(await this.composed(storeId, { ...page, input }, traced, ask)), input };
        const text = Buffer.from(JSON.stringify(input));
        return { ...(await ask({ artefact, input: text, kind, traced, packed })), input };
      } catch (error) {
        if (!(error instanceof RenderProcessDied)) throw error;
        if (attempt === 0) continue;
        const killer = error.section === null ? undefined : input.sections[error.section];
        if (!killer || attempt > mostKillers) throw error;
        const marked = this.failures.killed(storeId, page, killer);
        input = {
          ...input,
          sections: input.sections.map((one) => (one === killer ? marked : one)),
        };
      }
    }
  }

  /** The page with the help of sections that were made before; of those that are left out, as they were last. */
  private composed(
    storeId: string,
    page: LoadedPage,
    traced: boolean,
    ask: Ask,
  ): Promise<Rendered> {
    const { artefact } = page;
    return this.fragments.render(storeId, sourceOf(page), (text) =>
      ask({ artefact, input: text, kind: 'parts', traced }),
    );
  }
}

function sourceOf({ artefact, input, plan, templateName, theme }: LoadedPage): PageSource {
  return { input, plan, artefact: artefact.hash, versionId: theme.versionId, templateName };
}

function nameOf({ location, id }: Pick<PageInput['sections'][number], 'id' | 'location'>): string {
  return `${location}/${id}`;
}

/** Shared caches may keep what is public for a minute; browsers ask each time and get a 304. */
export function cacheControl(forOneShopper: boolean): string {
  return forOneShopper ? 'private, no-cache' : 'public, max-age=0, s-maxage=60';
}
