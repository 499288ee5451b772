import slugify from '@sindresorhus/slugify';
import { pinyin } from 'pinyin-pro';

/** A path segment should stay readable; Shopify's limit for a handle is 255. */
export const maxHandleLength = 255;

/** Small letters and digits of any script, joined by single characters of `-`, `_` and `.`. */
const form = /^[\p{Ll}\p{Lo}\p{Lm}\p{N}\p{M}]+(?:[-_.]+[\p{Ll}\p{Lo}\p{Lm}\p{N}\p{M}]+)*[-_]*$/u;

/** Whether a text may be a handle as it is. */
export function isHandle(text: string): boolean {
  return text.length <= maxHandleLength && form.test(text);
}

/**
 * A handle made from a title: Latin letters, Han by its sound (银行 is yin-hang), at most 80 characters.
 * @param otherwise what to take when no letter of the title can be written so
 */
export function handleFrom(title: string, otherwise: string): string {
  const sounded = title.replace(
    /\p{Script=Han}+/gu,
    (han) => ` ${pinyin(han, { toneType: 'none', type: 'array' }).join(' ')} `,
  );
  const slug = slugify(sounded, { decamelize: false }).slice(0, 80).replace(/-+$/, '');
  return slug === '' ? otherwise : slug;
}

/**
 * The first of `wanted`, `wanted-1`, `wanted-2` … that is not taken.
 * @param taken every handle that is `wanted` or starts with `wanted-`
 */
export function freeHandle(wanted: string, taken: ReadonlySet<string>): string {
  let handle = wanted;
  for (let number = 1; taken.has(handle); number += 1) handle = `${wanted}-${number}`;
  return handle;
}
