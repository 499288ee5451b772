import type { Role } from '../compile/ir';
import { URL_ATTRS } from '../limits';
import { checkAccess } from './check-access';
import type { Findings, Report } from './findings';
import { checkReserved } from './reserved';
import { type Attribute, DYNAMIC, type HtmlState } from './state';

/** Checks one complete start tag: what is dangerous, and what those who do not see it would miss. */
export function checkTag(state: HtmlState, role: Role, findings: Findings): void {
  const { tag, attrs, tagLoc } = state;
  const { report } = findings;
  for (const [name, attr] of attrs) {
    if (/^on[a-z]/.test(name))
      report(
        attr.loc,
        'S_INLINE_HANDLER',
        `${name}= does not run under a strict content policy: use {{#script}}`,
      );
    if (URL_ATTRS.has(name) && valuesOf(attr).some(dangerousScheme))
      report(attr.loc, 'S_URL_SCHEME', `${name}= may not begin with this scheme`);
  }
  const animated = ['animate', 'set'].includes(tag) ? attrs.get('attributename') : undefined;
  if (valuesOf(animated).some((value) => /^\s*(xlink:)?href\s*$/i.test(value)))
    report(
      tagLoc,
      'S_URL_SCHEME',
      'an address is not animated: it could become one that runs code',
    );
  if (tag === 'base') report(tagLoc, 'S_BASE', '<base> changes every address of the page');
  if (tag.startsWith('esi:')) report(tagLoc, 'S_ESI', 'edge includes are not part of a theme');
  if (tag === 'meta' && /refresh/i.test(attrs.get('http-equiv')?.value ?? ''))
    report(tagLoc, 'S_META_REFRESH', 'a page may not send its visitors elsewhere by <meta>');
  for (const name of ['action', 'formaction'])
    if (valuesOf(attrs.get(name)).some((value) => /^\s*(https?:)?\/\//i.test(value)))
      report(tagLoc, 'S_FORM_ACTION', 'a form may not send to another site');
  checkScript(state, role, report);
  checkReserved(state, report);
  checkRemote(state, report);
  checkAccess(state, role, findings);
}

/** What an attribute may be, by the branches in it. */
function valuesOf(attr: Attribute | undefined): readonly string[] {
  return attr ? [attr.value, ...attr.others] : [];
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
  const [, host] = /^\s*(?:https?:)?\/\/([^/?#]*)/i.exec(src.value) ?? [];
  if (host !== undefined)
    report(
      state.tagLoc,
      'S_EXTERNAL_SCRIPT',
      `a script of ${host.replaceAll(DYNAMIC, '…') || 'another site'} runs with all rights of the shop page, and only where the content policy names that host`,
    );
  const waits =
    state.attrs.has('async') ||
    state.attrs.has('defer') ||
    state.attrs.get('type')?.value === 'module';
  if (!waits && !state.unsure)
    report(
      state.tagLoc,
      'P_BLOCKING_SCRIPT',
      'a script needs defer, async or type="module", or the page waits for it',
      role === 'layout' ? {} : { severity: 'warning' },
    );
}

/** Files that the page would fetch from another site; scripts have a code of their own. */
function checkRemote(state: HtmlState, report: Report): void {
  const { tag, attrs } = state;
  const name = tag === 'link' ? 'href' : 'src';
  if (!['link', 'img', 'source', 'video', 'audio', 'track', 'embed'].includes(tag)) return;
  const loads = /(^|\s)(stylesheet|preload|modulepreload|icon|manifest)(\s|$)/i;
  if (tag === 'link' && !loads.test(attrs.get('rel')?.value ?? '')) return;
  const attr = attrs.get(name);
  for (const one of [attr, attrs.get('srcset'), attrs.get('poster')])
    if (one && /^\s*(https?:)?\/\//i.test(one.value))
      report(one.loc, 'P_REMOTE_ASSET', `<${tag}> loads a file of another site`);
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
