import type { Role } from '../compile/ir';
import { roleNames, wrongAria, wrongRole } from './aria';
import type { Nameless } from './facts';
import type { Findings, Report } from './findings';
import { DYNAMIC, type HtmlState, type OpenElement } from './state';

/** Checks what those who do not see a start tag, or do not point at it, would miss. */
export function checkAccess(state: HtmlState, role: Role, findings: Findings): void {
  const { tag, attrs, tagLoc, unsure } = state;
  const { report, fixer } = findings;
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
  if (tag === 'input' && attrs.get('type')?.value.toLowerCase() === 'image' && missing('alt'))
    report(tagLoc, 'A_IMG_ALT', '<input type="image"> needs alt: it is the name of the button');
  if (tag === 'iframe' && missing('title'))
    report(tagLoc, 'A_IFRAME_TITLE', '<iframe> needs a title');
  const tabindex = attrs.get('tabindex');
  if (tabindex && Number(tabindex.value) > 0)
    report(
      tabindex.loc,
      'A_POSITIVE_TABINDEX',
      'a positive tabindex breaks the order of the page',
      { fix: fixer.replace(tabindex.loc, /^tabindex\s*=\s*(["']?)\s*\d+\s*\1$/i, 'tabindex="0"') },
    );
  if (tag === 'html' && role === 'layout' && !unsure) checkLanguage(state, report);
  checkAria(state, report);
}

function checkLanguage({ attrs, tagLoc }: HtmlState, report: Report): void {
  const missing = ['lang', 'dir'].filter((name) => !attrs.get(name)?.value.includes(DYNAMIC));
  const wanted = missing.map(
    (name) => `${name}="{{@request.${name === 'lang' ? 'locale' : 'dir'}}}"`,
  );
  if (missing.length > 0) report(tagLoc, 'A_LANG_DIR', `<html> needs ${wanted.join(' and ')}`);
}

function checkAria({ attrs }: HtmlState, report: Report): void {
  for (const [name, attr] of attrs) {
    if (name === 'role') {
      const wrong = wrongRole(attr.value);
      if (wrong)
        report(attr.loc, 'A_ARIA_ROLE', wrong.message, {
          suggest: { name: wrong.name, among: roleNames() },
        });
    } else if (name.startsWith('aria-')) {
      const wrong = wrongAria(name, attr.value);
      if (wrong) report(attr.loc, 'A_ARIA_ATTR', wrong.message, wrong);
    }
  }
}

/** Says whether an address is that of the media of a product or the like: their captions are not the theme's to give. */
function isOfProduct(src: string): boolean {
  const path = src.split(DYNAMIC)[1] ?? '';
  return path.endsWith('.url') && !/(^|\.)settings\./.test(path);
}

/** The code of a button or link without a name. */
export function nameCode(tag: string): 'A_LINK_NAME' | 'A_BUTTON_NAME' {
  return tag === 'a' ? 'A_LINK_NAME' : 'A_BUTTON_NAME';
}

/**
 * Checks an element when it ends: a button or link without any name, a video without captions.
 * @returns a button or link that has a name only if a part inside gives it one
 */
export function checkNamed(element: OpenElement, report: Report): Nameless | null {
  const { name, attrs } = element;
  const silent = element.captioned || element.unsure || attrs.has('muted');
  if (name === 'video' && !silent && !isOfProduct(attrs.get('src')?.value ?? ''))
    report(element.loc, 'A_VIDEO_CAPTIONS', '<video> needs <track kind="captions">, or muted');
  if (name !== 'button' && !(name === 'a' && attrs.has('href'))) return null;
  if (element.named || element.unsure) return null;
  if (['aria-label', 'aria-labelledby', 'title'].some((attr) => attrs.get(attr)?.value.trim()))
    return null;
  if (element.perhaps.size > 0) return { loc: element.loc, tag: name, parts: element.perhaps };
  report(element.loc, nameCode(name), `<${name}> has neither text nor aria-label`);
  return null;
}

/** Checks that a heading leaves out no level, and notes which it is. */
export function checkHeading(state: HtmlState, report: Report): void {
  const level = Number(/^h([1-6])$/.exec(state.tag)?.[1] ?? 0);
  if (level === 0) return;
  if (state.heading > 0 && level > state.heading + 1)
    report(
      state.tagLoc,
      'A_HEADING_SKIP',
      `<h${level}> follows <h${state.heading}>: a level is left out`,
    );
  state.heading = level;
}
