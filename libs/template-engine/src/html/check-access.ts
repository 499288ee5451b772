import type { Role } from '../compile/ir';
import { roleNames, wrongAria, wrongRole } from './aria';
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
  for (const name of ['lang', 'dir'])
    if (!attrs.get(name)?.value.includes(DYNAMIC))
      report(
        tagLoc,
        'A_LANG_DIR',
        `<html> needs ${name}="{{@request.${name === 'lang' ? 'locale' : 'dir'}}}"`,
      );
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

/** Checks an element when it ends: a button or link without any name, a video without captions. */
export function checkNamed(element: OpenElement, report: Report): void {
  const { name, attrs } = element;
  const silent = element.captioned || element.unsure || attrs.has('muted');
  if (name === 'video' && !silent && !isOfProduct(attrs.get('src')?.value ?? ''))
    report(element.loc, 'A_VIDEO_CAPTIONS', '<video> needs <track kind="captions">, or muted');
  if (name !== 'button' && !(name === 'a' && attrs.has('href'))) return;
  if (element.named || element.unsure) return;
  if (['aria-label', 'aria-labelledby', 'title'].some((attr) => attrs.get(attr)?.value.trim()))
    return;
  const code = name === 'a' ? 'A_LINK_NAME' : 'A_BUTTON_NAME';
  report(element.loc, code, `<${name}> has neither text nor aria-label`);
}
