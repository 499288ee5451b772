/** Elements of a line of rich text, and those that a whole rich text adds (2.4). */
const INLINE = new Set(['b', 'i', 'em', 'strong', 'a', 'br', 'span']);
const BLOCK = new Set('p ul ol li h2 h3 h4 h5 h6 blockquote'.split(' '));

const TAG = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z][a-z-]*\s*=\s*(?:"[^"<>]*"|'[^'<>]*'))*)\s*\/?>/iy;
const LINK_ATTRIBUTES = new Set(['href', 'title', 'target', 'rel']);

/** Addresses that a merchant may enter (2.4): never a scheme that runs code. */
export function isAddress(value: string): boolean {
  return (
    value.length <= 2000 &&
    (value === '' ||
      // oxlint-disable-next-line no-control-regex -- browsers skip control characters in a scheme
      /^(\/(?!\/)|https?:\/\/|mailto:|tel:|#)[^\s<>"\u0000-\u001f]*$/i.test(value) ||
      /^ref:(product|collection|page|blog|article):[^\s<>"]{1,200}$/.test(value))
  );
}

/**
 * Why a text is not the rich text that the language takes, or null when it is. Nothing is repaired: what the merchant
 * sees in the editor is what shoppers get. Linear in the text.
 * @param inline only what stands in a line; otherwise the text must begin with p, a heading or a list
 */
export function richTextProblem(text: string, inline: boolean): string | null {
  if (text === '') return null;
  if (!inline && !/^\s*<(p|h[2-6]|ul|ol)[\s>]/i.test(text))
    return 'it must begin with <p>, <h2> to <h6>, <ul> or <ol>';
  const open: string[] = [];
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', TAG.lastIndex)) {
    TAG.lastIndex = at;
    const match = TAG.exec(text);
    if (!match) return `"${text.slice(at, at + 20)}" is no markup that it takes`;
    const [, close, name = '', attributes = ''] = match;
    const problem = tagProblem(name.toLowerCase(), attributes, inline);
    if (problem !== null) return problem;
    if (name.toLowerCase() === 'br') continue;
    if (close === '') open.push(name.toLowerCase());
    else if (open.pop() !== name.toLowerCase()) return `</${name}> closes nothing`;
  }
  return open.length > 0 ? `<${open.at(-1)}> is never closed` : null;
}

function tagProblem(name: string, attributes: string, inline: boolean): string | null {
  if (!INLINE.has(name) && (inline || !BLOCK.has(name))) {
    const taken = [...INLINE, ...(inline ? [] : BLOCK)].join(' ');
    return `it takes no <${name}>, only ${taken}`;
  }
  for (const [, key = '', value = ''] of attributes.matchAll(
    /([a-z-]+)\s*=\s*("[^"]*"|'[^']*')/gi,
  )) {
    const address = value.slice(1, -1).replaceAll('&amp;', '&');
    if (name !== 'a' || !LINK_ATTRIBUTES.has(key.toLowerCase()))
      return `<${name}> takes no attribute "${key}"`;
    if (key.toLowerCase() === 'href' && (/&[a-z#]/i.test(address) || !isAddress(address)))
      return 'a link leads to /path, https://, mailto:, tel: or #id';
  }
  return null;
}
