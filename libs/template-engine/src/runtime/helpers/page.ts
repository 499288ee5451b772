import { DEFAULT_ROUTES, FORMS, FORM_TRAP } from '../../helpers/table';
import { ASSET_MARK, LIMITS } from '../../limits';
import { made, type Octets, octets } from '../octets';
import type { State } from '../state';
import {
  esc,
  type Fields,
  firstLetters,
  isFields,
  lettersOf,
  own,
  safeUrl,
  toNumber,
  toText,
} from '../values';
import { attributes } from './texts';

function entry(s: State, name: unknown): { url: Octets; integrity: Octets } {
  const found = own(s.env.assets, name);
  if (typeof found === 'string') return { url: safeUrl(found), integrity: made('') };
  if (!isFields(found)) return { url: made(''), integrity: made('') };
  return { url: safeUrl(own(found, 'url')), integrity: toText(own(found, 'integrity')) };
}

/** A style sheet with the addresses of files put where the compiler left their names between marks. */
export function linkMarked(s: State, css: string): Octets {
  if (!css.includes(ASSET_MARK)) return made(css);
  const parts = css.split(ASSET_MARK);
  return made(parts.map((part, i) => (i % 2 === 0 ? part : entry(s, part).url)).join(''));
}

const PRELOAD: Readonly<Record<string, string>> = {
  css: 'as="style"',
  js: 'as="script"',
  woff2: 'as="font" type="font/woff2" crossorigin',
};

function asset(s: State, name: unknown, hash: Fields): Octets {
  const { url, integrity } = entry(s, name);
  if (url === '') return made('');
  const kind = /\.([a-z0-9]+)$/.exec(toText(name))?.[1] ?? '';
  const check = integrity === '' ? '' : ` integrity="${esc(integrity)}" crossorigin="anonymous"`;
  if (hash['preload'] === true || kind === 'woff2')
    return made(`<link rel="preload" href="${esc(url)}" ${PRELOAD[kind] ?? 'as="image"'}>`);
  if (kind === 'css') {
    const media = attributes(s, { media: hash['media'] });
    return made(`<link rel="stylesheet" href="${esc(url)}"${media}${check}>`);
  }
  if (kind !== 'js') return made('');
  const order = attributes(s, { fetchpriority: hash['fetchpriority'] });
  return made(`<script type="module" src="${esc(url)}"${order}${check}></script>`);
}

/** The address of a route; themes may rely on the usual place when the page does not name it. */
function route(s: State, name: string): string {
  const given = own(s.env.routes, name);
  return typeof given === 'string' ? safeUrl(given) : (DEFAULT_ROUTES[name] ?? '/');
}

/** What forms to the merchant carry: which of the page's forms it is, and the field that only robots fill. */
function ownFields(id: unknown): string {
  const form = toText(id);
  return (
    (form === '' ? '' : `<input type="hidden" name="form_id" value="${esc(form)}">`) +
    `<input type="text" name="${FORM_TRAP}" autocomplete="off" tabindex="-1" hidden>`
  );
}

/** The start of `{{#form}}`: element, action and the hidden fields. */
export function formOpen(s: State, type: string, object: unknown, hash: Fields): Octets {
  const spec = FORMS[type];
  if (!spec) return made('<form>');
  const head = `<form action="${esc(route(s, spec.route))}" method="${spec.method}"${attributes(s, hash)}>`;
  if (spec.method === 'get') return made(head);
  const id = own(object, 'id');
  const product = (type === 'cart-add' || type === 'product') && id !== undefined;
  return made(
    `${head}<input type="hidden" name="form_type" value="${esc(type)}">` +
      (product ? `<input type="hidden" name="product_id" value="${esc(id)}">` : '') +
      (spec.trap ? ownFields(own(hash, 'id')) : ''),
  );
}

/** This page's address with one query parameter set, or taken out when the value is empty. */
function urlWith(s: State, key: unknown, value: unknown): Octets {
  const query = new URLSearchParams();
  for (const [name, given] of Object.entries(s.env.query)) {
    // A filter may be chosen several times over.
    for (const one of Array.isArray(given) ? given : [given]) {
      const text = firstLetters(one, 500);
      if (text !== '') query.append(lettersOf(name), text);
    }
  }
  const [name, text] = [firstLetters(key, 60), firstLetters(value, 500)];
  if (name !== '') {
    if (text === '' || (name === 'page' && text === '1')) query.delete(name);
    else query.set(name, text);
  }
  const tail = query.toString();
  const url = tail === '' ? s.env.path : `${s.env.path}?${tail}`;
  s.charge(url.length);
  return safeUrl(url);
}

/** Pages to show: first, last, and two on either side of the current one; 0 stands for a gap. */
function pageNumbers(current: number, pages: number): number[] {
  const near = [current - 2, current - 1, current, current + 1, current + 2];
  const all = [1, ...near, pages].filter((page) => page >= 1 && page <= pages);
  const shown = [...new Set(all)].sort((a, b) => a - b);
  return shown.flatMap((page, i) => (i > 0 && page - shown[i - 1]! > 1 ? [0, page] : [page]));
}

const ELLIPSIS = octets('…');

/** The object that `{{#paginate}}` hands to its block. `total` counts all items, not those of this window. */
export function paginate(s: State, total: unknown, by: unknown): Fields {
  const size = Math.min(
    LIMITS.pageSize,
    Math.max(1, Math.trunc(toNumber(by)) || LIMITS.defaultPageSize),
  );
  const items = Math.max(0, Math.trunc(toNumber(total)) || 0);
  const pages = Math.max(1, Math.ceil(items / size));
  const current = Math.min(pages, Math.max(1, s.env.page));
  const step = (page: number) =>
    page < 1 || page > pages ? null : { page, url: urlWith(s, 'page', page) };
  return {
    current_page: current,
    page_size: size,
    pages,
    items,
    previous: step(current - 1),
    next: step(current + 1),
    parts: pageNumbers(current, pages).map((page) => ({
      page,
      title: page === 0 ? ELLIPSIS : String(page),
      is_link: page !== 0 && page !== current,
      url: page === 0 ? '' : urlWith(s, 'page', page),
    })),
  };
}

export const page = {
  asset_url: (s: State, name: unknown) => entry(s, name).url,
  asset,
  url_with: urlWith,
};
