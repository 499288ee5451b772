/** The widths that exist, in pixels; no address can order another (domains.md, 7.4). */
export const ladder = [200, 400, 800, 1200, 1600, 2000] as const;

/** Rises when the way of encoding changes, so that new images get new addresses. */
const encoding = 1;

/** The widths made of an original: every step below it and its own width, up to the top of the ladder. */
export function widthsFor(originalWidth: number): number[] {
  const top = Math.min(originalWidth, ladder[ladder.length - 1] as number);
  return [...ladder.filter((width) => width < top), top];
}

/** Where an original is kept; it is never served. */
export function originalKey(contentHash: string): string {
  return `originals/${contentHash.slice(0, 2)}/${contentHash}`;
}

/** Where all sizes of an image begin. */
export function imagePrefix(contentHash: string): string {
  return `images/${contentHash.slice(0, 2)}/${contentHash}/v${encoding}-`;
}

/** Where one size of an image is kept. */
export function imageKey(contentHash: string, width: number): string {
  return `${imagePrefix(contentHash)}${width}.webp`;
}

/** The public address of an image; `{width}` is filled in by the theme's helpers. */
export function imageUrl(contentHash: string): string {
  return `/cdn/i/${contentHash}/{width}.webp`;
}
