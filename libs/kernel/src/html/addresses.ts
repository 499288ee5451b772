const LINKS: ReadonlySet<string> = new Set(['http', 'https', 'mailto', 'tel', 'sms']);
const FILES: ReadonlySet<string> = new Set(['http', 'https']);

/**
 * Pasted pictures are kept: an `<img>` runs nothing, and the merchant would lose what only stands here. SVG is not
 * among them, since it can be opened as a document.
 */
const PASTED = /^data:image\/(png|jpeg|jpg|gif|webp|avif);base64,[a-z0-9+/]+={0,2}$/i;

/** Videos that a page may hold: the hosts of their players and the paths that are players. */
const PLAYERS: ReadonlyMap<string, RegExp> = new Map([
  ['www.youtube.com', /^\/embed\/[\w-]+$/],
  ['youtube.com', /^\/embed\/[\w-]+$/],
  ['www.youtube-nocookie.com', /^\/embed\/[\w-]+$/],
  ['youtube-nocookie.com', /^\/embed\/[\w-]+$/],
  ['player.vimeo.com', /^\/video\/\d+$/],
]);

/** The address of a link as browsers read it, or null when it leads to what may run. */
export function linkAddress(value: string): string | null {
  return addressOf(value, LINKS);
}

/** The address of a file: of the web or of the shop itself; null for any other. */
export function fileAddress(value: string): string | null {
  return addressOf(value, FILES);
}

/** The address of a picture, which may also be a pasted one. */
export function pictureAddress(value: string): string | null {
  return PASTED.test(value.trim()) ? value.trim() : addressOf(value, FILES);
}

/** The candidates of a srcset with an address that may stand; null when none is left (HTML, 4.8.4.2.1). */
export function srcsetOf(value: string): string | null {
  const kept: string[] = [];
  // Addresses may hold commas, so that a candidate ends with a comma after a space or at the end of its address.
  const words = value.split(/[\t\n\f\r ]+/).filter((word) => word !== '');
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const address = fileAddress(word.replace(/^,{1,9}/, '').replace(/,{1,9}$/, ''));
    const next = word.endsWith(',') ? '' : (words[at + 1] ?? '');
    const descriptor = /^(\d{1,6}(?:\.\d{1,6})?[wx]),?$/.exec(next)?.[1] ?? '';
    if (descriptor !== '') at += 1;
    if (address === null || address === '') continue;
    kept.push(descriptor === '' ? address : `${address} ${descriptor}`);
  }
  return kept.length === 0 ? null : kept.join(', ');
}

/** The address of a video's player at a host that is known; null for any other. */
export function playerAddress(value: string): string | null {
  const address = fileAddress(value);
  if (address === null || !URL.canParse(address, 'https://nowhere.invalid')) return null;
  const url = new URL(address, 'https://nowhere.invalid');
  const known = PLAYERS.get(url.hostname)?.test(url.pathname) ?? false;
  if (!known || url.port !== '' || url.username !== '' || url.password !== '') return null;
  return `https://${url.hostname}${url.pathname}${url.search}`;
}

/** Browsers drop tabs and line ends and the spaces around an address before they look for its scheme (WHATWG URL, 4.4). */
function addressOf(value: string, schemes: ReadonlySet<string>): string | null {
  const address = value.replace(/[\t\n\r]/g, '').trim();
  // oxlint-disable-next-line no-control-regex -- they have no place in an address
  if (/[\u0000-\u001f\u007f]/.test(address)) return null;
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(address)?.[1]?.toLowerCase();
  return scheme === undefined || schemes.has(scheme) ? address : null;
}
