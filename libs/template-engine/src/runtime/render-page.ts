import type {
  PageInput,
  PageOutput,
  PagePart,
  PageParts,
  SectionError,
  SectionInstance,
  SectionsOutput,
} from '../model/page';
import { linkMarked } from './helpers/page';
import { bytesOf, made, type Octets, octets, textOf } from './octets';
import { type SealedPage, sealPage } from './read-page';
import { BARE_ENVIRONMENT, type Environment, State } from './state';
import type { Theme } from './theme';
import { esc, type Fields, isFields, own, toNumber, toText } from './values';

/** Told before each section by its place in the page's list, and of the layout by -1. */
export type OnSection = (index: number) => void;

/** Composes layout, groups and sections of one page. Never throws for what a theme does. */
export function renderPage(
  theme: Theme,
  page: PageInput | SealedPage,
  onSection?: OnSection,
): PageOutput {
  const { pieces, errors, steps } = composePage(theme, asSealed(page), onSection);
  return { html: textOf(made(pieces.map(({ text }) => text).join(''))), errors, steps };
}

function asSealed(page: PageInput | SealedPage): SealedPage {
  return 'page' in page ? page : sealPage(page);
}

/**
 * The same as bytes, with the size of each section and of each part of the layout between them, so that sections can be
 * kept and sent again. V8 makes one text of all pieces and copies it once, which is faster than piece by piece.
 */
export function renderParts(
  theme: Theme,
  page: PageInput | SealedPage,
  onSection?: OnSection,
): PageParts {
  const { pieces, errors, steps } = composePage(theme, asSealed(page), onSection);
  const parts: PagePart[] = [];
  let all = '';
  let between = 0;
  for (const { section, text } of pieces) {
    all += text;
    if (section === null) {
      between += text.length;
      continue;
    }
    if (between > 0) parts.push([null, between]);
    between = 0;
    parts.push([section, text.length]);
  }
  if (between > 0) parts.push([null, between]);
  return { body: bytesOf(made(all)), parts, errors, steps };
}

/**
 * Renders the sections of a page apart from each other and without layout, within the budgets of one page. One that
 * failed is null and has an entry in `errors`. Never throws for what a theme does.
 */
export function renderSections(
  theme: Theme,
  page: PageInput | SealedPage,
  onSection?: OnSection,
): SectionsOutput {
  const sealed = asSealed(page);
  const run = begin(sealed, onSection);
  const sections = sealed.sections.map((instance, index) => {
    onSection?.(index);
    const result = theme.renderSection(instance, run.scope, run.state);
    if (typeof result !== 'string') run.errors.push(result);
    const html = typeof result === 'string' ? textOf(result) : null;
    return { id: textOf(made(instance.id)), html };
  });
  return { sections, errors: run.errors, steps: run.state.used };
}

function begin({ page, globals, design }: SealedPage, onSection?: OnSection): Run {
  const state = new State(page.budgets);
  state.env = environment(globals, page);
  state.design = design;
  return { scope: { ...globals, section: null, block: null }, state, errors: [], onSection };
}

/** A piece of the page in octets: a section under its name in letters, or what stands between sections. */
interface Piece {
  readonly section: string | null;
  readonly text: Octets;
}

interface Run {
  /** The objects that the page's templates read, with the section and block being rendered among them. */
  readonly scope: Fields;
  readonly state: State;
  readonly errors: SectionError[];
  readonly onSection?: OnSection;
}

function composePage(
  theme: Theme,
  sealed: SealedPage,
  onSection?: OnSection,
): { pieces: readonly Piece[]; errors: SectionError[]; steps: number } {
  const { page } = sealed;
  const run = begin(sealed, onSection);
  // First (theme-format.md, 2.9), so that sections which use up the page's budgets leave it its header and its way on.
  const layout = page.layout === false ? null : renderLayout(theme, page.layout, run);
  const places = renderPlaces(theme, sealed, run);
  const used = theme.staticParts(page.sections, page.layout);
  const nonce = nonceOf(page.nonce);
  const styles = styleTag(linkMarked(run.state, used.styles), nonce);
  const put = (name: string, text: string) => places.set(name, [plain(text)]);
  places.set('content', wrap(page.wrapper, places.get('template') ?? []));
  put('content_for_head', (page.head ?? '') + styles);
  put('content_for_body_end', moduleTags(used.scripts, nonce) + (page.bodyEnd ?? ''));
  const pieces = compose(layout, places);
  return { pieces, errors: run.errors, steps: run.state.used };
}

type Places = Map<string, Piece[]>;

/** What stands between sections. */
function plain(text: string): Piece {
  return { section: null, text: made(text) };
}

type Layout = ReturnType<Theme['renderLayout']>;

function renderLayout(theme: Theme, name: string, run: Run): Layout {
  run.onSection?.(-1);
  const layout = theme.renderLayout(name, run.scope, run.state);
  if ('code' in layout) run.errors.push(layout);
  return layout;
}

/** A page of a layout that failed is the least that browsers need around its sections. */
function compose(layout: Layout | null, places: Places): Piece[] {
  const at = (name: string) => places.get(name) ?? [];
  if (layout === null) return at('content');
  if ('code' in layout)
    return [
      plain('<!doctype html><html><head><meta charset="utf-8">'),
      ...at('content_for_head'),
      plain('</head><body>'),
      ...at('content'),
      ...at('content_for_body_end'),
      plain('</body></html>'),
    ];
  const pieces = [plain(layout.parts[0] ?? '')];
  for (const [i, hole] of layout.holes.entries())
    pieces.push(...at(hole), plain(layout.parts[i + 1] ?? ''));
  return pieces;
}

/** The name of a section among all of its page: ids are unique within a template or group only. */
export function sectionName({ location, id }: Pick<SectionInstance, 'location' | 'id'>): string {
  return `${location}/${id}`;
}

/** Sections by place: `template`, `group:header`. Those that the caller holds already are left empty. */
function renderPlaces(theme: Theme, { page, sections }: SealedPage, run: Run): Places {
  const places: Places = new Map();
  const held = page.held?.length ? new Set(page.held) : null;
  let location: string | null = null;
  let pieces: Piece[] = [];
  for (const [index, instance] of sections.entries()) {
    if (instance.location !== location) {
      location = instance.location;
      pieces = piecesAt(places, location === 'template' ? location : `group:${location}`);
    }
    const section = `${textOf(made(location))}/${textOf(made(instance.id))}`;
    if (held?.has(sectionName(instance))) {
      pieces.push({ section, text: made('') });
      continue;
    }
    run.onSection?.(index);
    const result = theme.renderSection(instance, run.scope, run.state);
    pieces.push({ section, text: typeof result === 'string' ? result : failed(result, run) });
  }
  return places;
}

function piecesAt(places: Places, place: string): Piece[] {
  const known = places.get(place) ?? [];
  places.set(place, known);
  return known;
}

/** A shopper sees nothing of a failed section; the merchant in the editor sees where it failed. */
function failed(error: SectionError, run: Run): Octets {
  run.errors.push(error);
  const id = error.section.replace(/[^A-Za-z0-9_-]/g, '');
  if (!run.state.design) return made(`<!-- section ${id} could not be shown -->`);
  const what = esc(octets(`${placeOf(error)} ${error.code} ${error.message}`));
  return made(`<div id="s-${id}" class="hbt-section-error" role="alert">${what}</div>`);
}

function placeOf({ file, line, column }: SectionError): string {
  return `${file}:${line}:${column}`;
}

function environment(globals: Fields, page: PageInput): Environment {
  const request = globals['request'];
  const currency = toText(own(request, 'currency')) || toText(own(globals['shop'], 'currency'));
  const [query, routes] = [own(request, 'query'), globals['routes']];
  return {
    locale: toText(own(request, 'locale')) || BARE_ENVIRONMENT.locale,
    currency: /^[A-Z]{3}$/.test(currency) ? currency : BARE_ENVIRONMENT.currency,
    path: toText(own(request, 'path')) || '/',
    query: isFields(query) ? query : {},
    page: Math.max(1, Math.trunc(toNumber(own(request, 'page'))) || 1),
    routes: isFields(routes) ? routes : {},
    assets: page.assets,
  };
}

/** `div.template-product#main` as a wrapper around the template's sections. */
function wrap(wrapper: string | null | undefined, content: Piece[]): Piece[] {
  const match = /^(div|main|section|article)((?:[.#][A-Za-z0-9_-]{1,60})*)$/.exec(wrapper ?? '');
  if (!match) return content;
  const [, tag = 'div', rest = ''] = match;
  const id = /#([\w-]+)/.exec(rest)?.[1];
  const classes = [...rest.matchAll(/\.([\w-]+)/g)].map((one) => one[1]).join(' ');
  const open = `<${tag}${id ? ` id="${id}"` : ''}${classes ? ` class="${classes}"` : ''}>`;
  return [plain(open), ...content, plain(`</${tag}>`)];
}

function nonceOf(nonce: string | undefined): string {
  return nonce ? ` nonce="${esc(nonce)}"` : '';
}

function styleTag(styles: string, nonce: string): string {
  if (styles === '') return '';
  // A static style sheet cannot end its element: compile refuses `</style`.
  return `<style${nonce}>${styles}</style>`;
}

function moduleTags(scripts: readonly string[], nonce: string): string {
  return scripts.map((text) => `<script type="module"${nonce}>${text}</script>`).join('');
}
