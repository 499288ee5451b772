/**
 * What the checks of themes refuse anyway, said to the browser too: no other address base, no plugins, no frames of
 * other sites. Scripts, styles and the targets of forms are not listed: handlers and newsletter forms in a merchant's
 * own markup are theirs, a nonce would keep a page from being cached, and browsers hold redirects of a form against
 * its list, which would stop the way to a checkout of another origin.
 * @param framer the one origin beside the page's own that may show it in a frame: the editor's, of previews
 */
export function pagePolicy(framer?: string): string {
  const ancestors = framer === undefined ? "'self'" : `'self' ${framer}`;
  return `frame-ancestors ${ancestors}; base-uri 'none'; object-src 'none'`;
}
