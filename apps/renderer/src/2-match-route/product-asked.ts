/** A product that is asked for as data: `/products/<handle>.js` or `.json`. */
export interface ProductAsked {
  handle: string;
  /** Two shapes: for scripts of themes, and as feeds know it. */
  format: 'js' | 'json';
}

/**
 * Reads what the end of a product's address says.
 * @param name the last part of the path, decoded
 * @returns null for the address of a page
 */
export function productAsked(name: string): ProductAsked | null {
  const match = /^(.+)\.(js|json)$/.exec(name);
  return match ? { handle: match[1] ?? '', format: match[2] as ProductAsked['format'] } : null;
}
