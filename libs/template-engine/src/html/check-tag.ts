import type { Role } from '../compile/ir';
import type { Code } from '../diagnostics/codes';
import type { Span } from '../diagnostics/reporter';
import { DYNAMIC, type HtmlState, type OpenElement } from './state';

/** Attributes whose value is an address. */
export const URL_ATTRS = new Set([
  'href',
  'src',
  'action',
  'formaction',
  'poster',
  'data',
  'xlink:href',
]);

export type Report = (loc: Span, code: Code, message: string) => void;

/** Checks one complete start tag: what is dangerous, and what those who do not see it would miss. */
export function checkTag(state: HtmlState, role: Role, report: Report): void {
  const { tag, attrs, tagLoc } = state;
  for (const [name, attr] of attrs) {
    if (/^on[a-z]/.test(name))
      report(
        tagLoc,
        'S_INLINE_HANDLER',
        `${name}= does not run under a strict content policy: use {{#script}}`,
      );
    if (URL_ATTRS.has(name) && dangerousScheme(attr.value))
      report(tagLoc, 'S_URL_SCHEME', `${name}= may not begin with this scheme`);
  }
  if (tag === 'base') report(tagLoc, 'S_BASE', '<base> changes every address of the page');
  if (tag.startsWith('esi:')) report(tagLoc, 'S_ESI', 'edge includes are not part of a theme');
  if (tag === 'meta' && /refresh/i.test(attrs.get('http-equiv')?.value ?? ''))
    report(tagLoc, 'S_META_REFRESH', 'a page may not send its visitors elsewhere by <meta>');
  for (const name of ['action', 'formaction'])
    if (/^\s*(https?:)?\/\//i.test(attrs.get(name)?.value ?? ''))
      report(tagLoc, 'S_FORM_ACTION', 'a form may not send to another site');
  checkScript(state, role, report);
  checkAccess(state, role, report);
}

function dangerousScheme(value: string): boolean {
  // oxlint-disable-next-line no-control-regex -- browsers skip control characters in a scheme
  const bare = value.replace(/[\u0000-\u0020\u007f-\u00a0]/g, (char) =>
    char === DYNAMIC ? char : '',
  );
  return (
    /^(javascript|vbscript|data):/i.test(bare) &&
    !/^data:image\/(png|gif|jpeg|webp|avif|svg\+xml)/i.test(bare)
  );
}

function checkScript(state: HtmlState, role: Role, report: Report): void {
  const src = state.attrs.get('src');
  if (state.tag !== 'script' || !src) return;
  if (/^\s*(https?:)?\/\//i.test(src.value))
    report(
      state.tagLoc,
      'S_EXTERNAL_SCRIPT',
      'a script of another site runs with all rights of the shop page',
    );
  const waits =
    state.attrs.has('async') ||
    state.attrs.has('defer') ||
    state.attrs.get('type')?.value === 'module';
  if (role === 'layout' && !waits && !state.unsure)
    report(
      state.tagLoc,
      'P_BLOCKING_SCRIPT',
      'a script in the layout needs defer, async or type="module"',
    );
}

function checkAccess(state: HtmlState, role: Role, report: Report): void {
  const { tag, attrs, tagLoc, unsure } = state;
  const missing = (name: string) => !unsure && !attrs.has(name);
  if (tag === 'img') {
    if (missing('alt'))
      report(tagLoc, 'A_IMG_ALT', '<img> needs alt (empty when it is decoration)');
    if (missing('width') || missing('height'))
      report(
        tagLoc,
        'P_IMG_SIZE',
        '<img> needs width and height, or the page jumps while it loads',
      );
  }
  if (tag === 'iframe' && missing('title'))
    report(tagLoc, 'A_IFRAME_TITLE', '<iframe> needs a title');
  if (Number(attrs.get('tabindex')?.value) > 0)
    report(tagLoc, 'A_POSITIVE_TABINDEX', 'a positive tabindex breaks the order of the page');
  if (tag === 'html' && role === 'layout' && !unsure)
    for (const name of ['lang', 'dir'])
      if (!attrs.get(name)?.value.includes(DYNAMIC))
        report(
          tagLoc,
          'A_LANG_DIR',
          `<html> needs ${name}="{{@request.${name === 'lang' ? 'locale' : 'dir'}}}"`,
        );
}

/** Checks an element when it ends: a button or link without any name cannot be used by all. */
export function checkNamed(element: OpenElement, report: Report): void {
  const { name, attrs } = element;
  if (name !== 'button' && !(name === 'a' && attrs.has('href'))) return;
  if (element.named || element.unsure) return;
  if (['aria-label', 'aria-labelledby', 'title'].some((attr) => attrs.get(attr)?.value.trim()))
    return;
  const code = name === 'a' ? 'A_LINK_NAME' : 'A_BUTTON_NAME';
  report(element.loc, code, `<${name}> has neither text nor aria-label`);
}

const NO_LABEL = new Set(['hidden', 'submit', 'button', 'image', 'reset']);

/** Says whether a form field stands without any label that its own tag or ancestors give. */
export function lacksLabel(state: HtmlState): boolean {
  const { tag, attrs, unsure, stack } = state;
  if (unsure || !['input', 'select', 'textarea'].includes(tag)) return false;
  const type = attrs.get('type')?.value.toLowerCase() ?? 'text';
  if (tag === 'input' && (NO_LABEL.has(type) || type.includes(DYNAMIC))) return false;
  if (['aria-label', 'aria-labelledby', 'title'].some((attr) => attrs.get(attr)?.value.trim()))
    return false;
  return !stack.some((element) => element.name === 'label');
}
