import type {
  BlockView,
  PageInput,
  PageOutput,
  SectionError,
  SectionInstance,
  SectionsOutput,
} from '../model/page';
import { linkMarked } from './helpers/page';
import { sealView } from './seal-view';
import { BARE_ENVIRONMENT, type Environment, State } from './state';
import type { Theme } from './theme';
import { esc, type Fields, isFields, own, toNumber, toText } from './values';

/** Told before each section by its place in the page's list, and of the layout by -1. */
export type OnSection = (index: number) => void;

/** Composes layout, groups and sections of one page. Never throws for what a theme does. */
export function renderPage(theme: Theme, page: PageInput, onSection?: OnSection): PageOutput {
  const run = begin(page, onSection);
  const { state, errors } = run;
  const places = renderPlaces(theme, page, run);
  const used = theme.staticParts(page.sections, page.layout);
  places.set('content', wrap(page.wrapper, places.get('template') ?? ''));
  places.set(
    'content_for_head',
    (page.head ?? '') + styleTag(linkMarked(state, used.styles), page.nonce),
  );
  places.set('content_for_body_end', moduleTags(used.scripts, page.nonce) + (page.bodyEnd ?? ''));
  const html = compose(theme, page, run, places);
  return { html, errors, steps: state.used };
}

/**
 * Renders the sections of a page apart from each other and without layout, within the budgets of one page. One that
 * failed is null and has an entry in `errors`. Never throws for what a theme does.
 */
export function renderSections(
  theme: Theme,
  page: PageInput,
  onSection?: OnSection,
): SectionsOutput {
  const run = begin(page, onSection);
  const sections = page.sections.map((instance, index) => {
    onSection?.(index);
    const result = renderOne(theme, instance, run);
    if (typeof result !== 'string') run.errors.push(result);
    return { id: instance.id, html: typeof result === 'string' ? result : null };
  });
  return { sections, errors: run.errors, steps: run.state.used };
}

function begin(page: PageInput, onSection?: OnSection): Run {
  const globals = sealView(page.globals) as Fields;
  const state = new State(page.budgets);
  state.env = environment(globals, page);
  state.design = own(globals['request'], 'design_mode') === true;
  return { globals, state, errors: [], onSection };
}

function renderOne(theme: Theme, instance: SectionInstance, run: Run): string | SectionError {
  const sealed = sealView(withAttributes(instance, run.state.design)) as SectionInstance;
  return theme.renderSection(sealed, run.globals, run.state);
}

interface Run {
  readonly globals: Fields;
  readonly state: State;
  readonly errors: SectionError[];
  readonly onSection?: OnSection;
}

function compose(
  theme: Theme,
  page: PageInput,
  run: Run,
  places: ReadonlyMap<string, string>,
): string {
  if (page.layout === false) return places.get('content') ?? '';
  run.onSection?.(-1);
  const layout = theme.renderLayout(page.layout, run.globals, run.state);
  if ('code' in layout) {
    run.errors.push(layout);
    const [head, content, end] = ['content_for_head', 'content', 'content_for_body_end'].map(
      (name) => places.get(name),
    );
    return `<!doctype html><html><head><meta charset="utf-8">${head}</head><body>${content}${end}</body></html>`;
  }
  let html = layout.parts[0] ?? '';
  for (const [i, hole] of layout.holes.entries())
    html += (places.get(hole) ?? '') + (layout.parts[i + 1] ?? '');
  return html;
}

/** Markup by place: `template`, `group:header`. */
function renderPlaces(theme: Theme, page: PageInput, run: Run): Map<string, string> {
  const places = new Map<string, string>();
  for (const [index, instance] of page.sections.entries()) {
    run.onSection?.(index);
    const result = renderOne(theme, instance, run);
    const place = instance.location === 'template' ? 'template' : `group:${instance.location}`;
    const html = typeof result === 'string' ? result : failed(result, run);
    places.set(place, (places.get(place) ?? '') + html);
  }
  return places;
}

/** A shopper sees nothing of a failed section; the merchant in the editor sees where it failed. */
function failed(error: SectionError, run: Run): string {
  run.errors.push(error);
  const id = error.section.replace(/[^A-Za-z0-9_-]/g, '');
  if (!run.state.design) return `<!-- section ${id} could not be shown -->`;
  const where = `${error.file}:${error.line}:${error.column}`;
  return `<div id="s-${id}" class="hbt-section-error" role="alert">${esc(`${where} ${error.code} ${error.message}`)}</div>`;
}

function withAttributes(instance: SectionInstance, design: boolean): SectionInstance {
  const mark = (block: BlockView): BlockView => ({
    ...block,
    attributes: design ? ` data-hbt-block="${esc(block.id)}"` : '',
    blocks: (block.blocks ?? []).map(mark),
  });
  return { ...instance, blocks: instance.blocks.map(mark) };
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
function wrap(wrapper: string | null | undefined, html: string): string {
  const match = /^(div|main|section|article)((?:[.#][A-Za-z0-9_-]{1,60})*)$/.exec(wrapper ?? '');
  if (!match) return html;
  const [, tag = 'div', rest = ''] = match;
  const id = /#([\w-]+)/.exec(rest)?.[1];
  const classes = [...rest.matchAll(/\.([\w-]+)/g)].map((one) => one[1]).join(' ');
  return `<${tag}${id ? ` id="${id}"` : ''}${classes ? ` class="${classes}"` : ''}>${html}</${tag}>`;
}

function nonceOf(nonce: string | undefined): string {
  return nonce ? ` nonce="${esc(nonce)}"` : '';
}

function styleTag(styles: string, nonce: string | undefined): string {
  if (styles === '') return '';
  // A static style sheet cannot end its element: compile refuses `</style`.
  return `<style${nonceOf(nonce)}>${styles}</style>`;
}

function moduleTags(scripts: readonly string[], nonce: string | undefined): string {
  return scripts.map((text) => `<script type="module"${nonceOf(nonce)}>${text}</script>`).join('');
}
