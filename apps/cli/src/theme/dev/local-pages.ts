import { setImmediate as nextTurn } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import type { PageInput, ThemeMeta } from '@libs/template-engine';
import { faultPage, faultsByType, pageCards, sectionCard, showRenderErrors } from './overlay';
import type { LocalThemeFolder } from './local-theme';
import { type PageParts, type Patch, cutPage, patchBetween } from './page-parts';
import type { LocalRenderer } from './renderer';
import type { StoreData } from './store-data';

/** A page that a browser shows. */
interface ShownPage {
  path: string;
  cookie: string | undefined;
  parts: PageParts;
  /** What the data was planned by; while it stays the data is good. */
  planned: string;
  input: PageInput | null;
  locale: string;
  /** How often shoppers' data had changed when this one's was read. */
  changes: number;
}

/** What a path gives. */
export type LocalPage =
  | { kind: 'page'; status: number; html: string; cookies: string[] }
  | { kind: 'redirect'; to: string }
  | { kind: 'other' };

/** Pages that are remembered for hot reload; tabs that have not been refreshed the longest reload as a whole. */
export const mostShown = 50;

/** After so many, a page is made about as fast as any later one. */
const warmUpRounds = 3;

/** Pages of the local theme with the store's data, and what changes in them when a file does. */
export class LocalPages {
  private readonly shown = new LRUCache<string, ShownPage>({ max: mostShown });
  private next = 1;
  private changes = 0;
  private warm = false;
  private planned: { meta: ThemeMeta | null; text: string } = { meta: null, text: 'null' };

  constructor(
    private readonly theme: LocalThemeFolder,
    private readonly store: Pick<StoreData, 'page'>,
    private readonly renderer: Pick<LocalRenderer, 'render'>,
  ) {}

  /** Makes a page for a browser. @throws CliError when the store has no data, Error when the theme cannot be rendered */
  async open(path: string, cookie: string | undefined): Promise<LocalPage> {
    const { compiled } = this.theme;
    if (!compiled) return this.faultPage(500, { path, cookie }, this.errors());
    const number = String(this.next);
    this.next += 1;
    const client = clientTag(number);
    const { changes } = this;
    const planned = this.plannedBy();
    const data = await this.store.page(path, this.local(), cookie);
    if (data.kind !== 'page') return data;
    const { input, locale, status, cookies } = data;
    const made = await this.render(input, locale, client);
    const parts = cutPage(made);
    this.shown.set(number, { path, cookie, parts, planned, input, locale, changes });
    if (!this.warm) void this.warmUp(input, locale);
    return { kind: 'page', status, html: made, cookies };
  }

  /**
   * A page in the place of one that could not be made: it says why, and tries again with every change of the theme.
   * @param again whether it tries by itself as well, since nothing in the theme is at fault
   */
  fault(path: string, cookie: string | undefined, sentence: string, again: boolean): LocalPage {
    return this.faultPage(502, { path, cookie }, [sentence], again);
  }

  /** A shopper did something: what pages were made of may be so no more. */
  dataChanged(): void {
    this.changes += 1;
  }

  /** Renders and cuts the first page that is opened a few times more, so that the first save finds all code warm. */
  private async warmUp(input: PageInput, locale: string): Promise<void> {
    this.warm = true;
    // After the page has been sent.
    await nextTurn();
    try {
      for (let round = 0; round < warmUpRounds; round += 1)
        cutPage(await this.render(input, locale, ''));
    } catch {
      // Whoever opens the page or changes the theme is told what is wrong with it.
      this.warm = false;
    }
  }

  /**
   * Sections of a page by themselves, as scripts of themes ask for them.
   * @param ids section ids; what the page does not have is null
   * @returns null when the path is no page or the theme does not compile
   */
  async sections(
    path: string,
    ids: readonly string[],
    cookie: string | undefined,
  ): Promise<Record<string, string | null> | null> {
    if (!this.theme.compiled) return null;
    const data = await this.store.page(path, this.local(), cookie);
    if (data.kind !== 'page') return null;
    const { sections } = cutPage(await this.render(data.input, data.locale, ''));
    return Object.fromEntries(ids.map((id) => [id, sections[id] ?? null]));
  }

  /**
   * What a browser has to change after the theme did.
   * @param number the page's own
   * @param asked the browser itself, with its cookies as they are now; when left out and they matter, it is to ask
   * @returns null for nothing
   */
  async refresh(number: string, asked?: { cookie: string | undefined }): Promise<Patch | null> {
    const page = this.shown.get(number);
    if (!page?.input || !this.theme.compiled) return { kind: 'reload' };
    const { changes } = this;
    const planned = this.plannedBy();
    const stale = page.changes !== changes;
    if (stale && !asked) return { kind: 'ask' };
    if (stale || (planned !== page.planned && !this.theme.broken)) {
      const { cookie } = asked ?? page;
      const data = await this.store.page(page.path, this.local(), cookie);
      if (data.kind !== 'page') return { kind: 'reload' };
      Object.assign(page, { input: data.input, locale: data.locale, planned, cookie, changes });
    }
    const parts = cutPage(await this.render(page.input, page.locale, clientTag(number)));
    const patch = patchBetween(page.parts, parts);
    page.parts = parts;
    return patch;
  }

  private async render(input: PageInput, locale: string, client: string): Promise<string> {
    const code = this.theme.codeFor(locale);
    const { compiled } = this.theme;
    if (!code || !compiled) throw new Error('The theme has no code.');
    const { types, others } = faultsByType(compiled.meta, this.theme.findings);
    const { html, errors } = await this.renderer.render(code, {
      ...input,
      assets: this.theme.assetUrls,
      bodyEnd: `${input.bodyEnd ?? ''}${pageCards(others)}${client}`,
    });
    const shown = showRenderErrors(html, errors);
    return types.size === 0 ? shown : this.coverBroken(shown, input, types);
  }

  /** Puts a card over each section whose file does not compile; what is shown of it else is its last good state. */
  private coverBroken(
    html: string,
    input: PageInput,
    types: ReturnType<typeof faultsByType>['types'],
  ): string {
    const { sections } = cutPage(html);
    return input.sections.reduce((text, { id, type }) => {
      const fault = types.get(type);
      const present = sections[id];
      if (!fault || present === undefined) return text;
      return text.replace(present, () => sectionCard(id, fault));
    }, html);
  }

  private local() {
    const { meta } = this.theme.compiled as NonNullable<LocalThemeFolder['compiled']>;
    return { meta, assets: this.theme.assetUrls };
  }

  /** Addresses of assets stand in the data only where a setting's default is a picture of the theme. */
  private plannedBy(): string {
    const meta = this.theme.compiled?.meta ?? null;
    // Every open page asks, and the whole of a theme's meta is a long text.
    if (this.planned.meta !== meta) this.planned = { meta, text: JSON.stringify(meta) };
    return this.planned.text;
  }

  private errors() {
    return this.theme.findings.filter(({ severity }) => severity === 'error');
  }

  private faultPage(
    status: number,
    { path, cookie }: Pick<ShownPage, 'path' | 'cookie'>,
    faults: Parameters<typeof faultPage>[0],
    again = false,
  ): LocalPage {
    const number = String(this.next);
    this.next += 1;
    const html = faultPage(faults, `${clientTag(number)}${again ? tryAgain : ''}`);
    const shown = { path, cookie, parts: cutPage(html), planned: '', input: null, locale: '' };
    this.shown.set(number, { ...shown, changes: this.changes });
    return { kind: 'page', status, html, cookies: [] };
  }
}

/** A store that is started again needs a moment. */
const tryAgain = '<script>setTimeout(() => location.reload(), 2000)</script>';

function clientTag(number: string): string {
  return `<script src="/_caravel/dev.js" data-page="${number}"></script>`;
}
