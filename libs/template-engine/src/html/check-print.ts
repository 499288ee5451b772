import type { Expr, Place } from '../compile/ir';
import { URL_ATTRS } from '../limits';
import type { Report } from './findings';
import { codeAround } from './script-code';
import { DYNAMIC, type HtmlState } from './state';

/** Kinds that are never an address, and kinds that may be printed into CSS. */
const NOT_URL = new Set(['text', 'word', 'css', 'html', 'date', 'color', 'money']);
const CSS_KINDS = new Set(['color', 'number', 'safe', 'word', 'css', 'bool', 'money', 'url']);

/** Decides how a printed expression is guarded by where it stands; reports places where nothing may be printed. */
export function placeOf(
  state: HtmlState,
  expr: Expr,
  ...[escaped, report]: [boolean, Report]
): Place['mode'] {
  const { loc } = expr;
  if (isCss(expr)) {
    if (state.mode === 'raw' && state.raw === 'style') return 'css';
    report(loc, 'E_PLACE', 'CSS stands inside <style> only');
    return 'refused';
  }
  switch (state.mode) {
    case 'data':
      return 'data';
    case 'comment':
    case 'markup':
      return 'attr';
    case 'raw':
      return placeInRaw(state, expr, report);
    case 'value':
      if (!escaped)
        report(loc, 'S_RAW_IN_ATTR', '{{{ }}} in an attribute can break out of it: write {{ }}');
      return placeInValue(state, expr, report);
    case 'before-value':
    case 'unquoted':
      report(loc, 'S_UNQUOTED_ATTR', `put ${state.attr}= in quotes`);
      return 'refused';
    case 'spaced':
    case 'tag': {
      const attributes =
        expr.kind === 'html' && !(expr.op === 'call' && expr.spec.name !== 'attrs');
      if (attributes) return 'tag';
      report(loc, 'S_DYNAMIC_ATTR_NAME', 'attributes come from {{attrs}}, or stand in {{#if}}');
      return 'refused';
    }
    case 'joined':
    case 'attr-name':
    case 'after-name':
      report(loc, 'S_DYNAMIC_ATTR_NAME', 'the name of an attribute is constant');
      return 'refused';
    default:
      report(
        loc,
        'S_DYNAMIC_TAG',
        'the name of an element is constant: choose with {{#if}} or {{#match}}',
      );
      return 'refused';
  }
}

function placeInRaw(state: HtmlState, expr: Expr, report: Report): Place['mode'] {
  if (state.raw === 'script') {
    const around = codeAround(state);
    if (expr.op === 'call' && expr.spec.name === 'json' && around !== null) {
      const message = `{{json}} writes its own quotes: inside ${around} the value could become code`;
      report(expr.loc, 'S_SCRIPT_INTERPOLATION', message);
      return 'refused';
    }
    if (expr.op === 'call' && expr.spec.name === 'json') return 'script';
    report(expr.loc, 'S_SCRIPT_INTERPOLATION', 'only {{json value}} is safe inside <script>');
    return 'refused';
  }
  if (state.raw === 'style') return placeInCss(expr, report, 'style');
  return 'attr';
}

function placeInCss(expr: Expr, report: Report, mode: 'style' | 'css-attr'): Place['mode'] {
  const kind = expr.kind.replace('?', '');
  const loop = expr.op === 'get' && expr.root.at === 'loop';
  const fine = CSS_KINDS.has(kind) || loop || (kind === 'any' && mayBeSetting(expr));
  if (!fine)
    report(
      expr.loc,
      'S_STYLE_INTERPOLATION',
      'only colours, numbers, fonts and addresses go into CSS',
    );
  return fine ? mode : 'refused';
}

/** A value of unknown kind may be a colour or number handed in; data of the shop is known to be neither. */
function mayBeSetting(expr: Expr): boolean {
  if (expr.op !== 'get') return true;
  return expr.path === null || expr.path.startsWith('$') || /(^|\.)settings\./.test(expr.path);
}

/** Style rules made by the platform or cut in from a file of the theme. */
function isCss(expr: Expr): boolean {
  if (expr.op !== 'call') return false;
  const name = expr.args[0];
  const file = name?.op === 'lit' ? String(name.value) : '';
  return (
    expr.spec.name === 'font_face' || (expr.spec.name === 'inline_asset' && file.endsWith('.css'))
  );
}

function placeInValue(state: HtmlState, expr: Expr, report: Report): Place['mode'] {
  if (/^on[a-z]/.test(state.attr)) {
    report(
      expr.loc,
      'S_HANDLER_INTERPOLATION',
      `${state.attr}= is script: nothing can be printed there safely`,
    );
    return 'refused';
  }
  if (state.attr === 'srcdoc') {
    const message =
      'srcdoc= holds a whole document: text that is printed there becomes markup again';
    report(expr.loc, 'S_RAW_IN_ATTR', message);
    return 'refused';
  }
  if (state.attr === 'style') return placeInCss(expr, report, 'css-attr');
  if (!URL_ATTRS.has(state.attr)) return 'attr';
  const ways = state.others.length > 0 ? state.others : [state.value];
  const modes = new Set(ways.map((value) => placeInUrl({ ...state, value }, expr, report)));
  return modes.has('refused') ? 'refused' : modes.has('url') ? 'url' : 'attr';
}

function placeInUrl(state: HtmlState, expr: Expr, report: Report): Place['mode'] {
  const before = state.value.trim();
  const constant = before.split(DYNAMIC)[0] ?? '';
  const refuse = (text: string) => {
    report(expr.loc, 'S_URL_SCHEME', `${state.attr}= ${text}`);
    return 'refused' as const;
  };
  if (constant !== '')
    return mayBecomeScheme(constant)
      ? refuse(`begins with "${constant}", which a value could make a scheme of`)
      : 'attr';
  if (before === '') {
    if (!NOT_URL.has(expr.kind.replace('?', ''))) return 'url';
    return refuse(`must begin with an address, and this is ${expr.kind}`);
  }
  // Two values in a row could make a scheme of their parts, and the first may be empty.
  const between = before.slice(before.lastIndexOf(DYNAMIC) + 1);
  if (/[/?#]/.test(between)) return 'attr';
  if (state.valueKind !== 'url' || between.includes(':'))
    return refuse('is made of several values: begin with one address');
  return expr.kind === 'number' ? 'attr' : 'url';
}

/** Whether a constant beginning of an address can end as a scheme that runs code; entities are not looked into. */
function mayBecomeScheme(constant: string): boolean {
  const sign = /[/?#:&]/.exec(constant)?.[0];
  if (sign !== undefined) return sign === '&';
  // oxlint-disable-next-line no-control-regex -- browsers skip control characters in a scheme
  const bare = constant.replace(/[\u0000-\u0020]/g, '').toLowerCase();
  return RUNNING.some((scheme) => scheme.startsWith(bare));
}

const RUNNING = ['javascript', 'vbscript', 'data'];
