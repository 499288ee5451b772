import { isDenied, LIMITS } from '../limits';
import { type Fields, lettersOf } from './values';

/** Objects without any ancestor: nothing inherited can be read from them, and V8 keeps them fast. */
const Bare = function () {} as unknown as new () => Fields;
Bare.prototype = Object.freeze(Object.create(null) as object);

/**
 * Copies page data into frozen plain JSON without prototypes (2.5): functions, class instances, dates and denied names
 * do not pass, texts beyond the limit are emptied, depth is bounded.
 */
export function sealView(value: unknown): unknown {
  return seal(value, 0);
}

function seal(value: unknown, depth: number): unknown {
  switch (typeof value) {
    case 'string':
      return isTooLong(value) ? '' : value;
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'boolean':
      return value;
    case 'object':
      return value === null || depth > LIMITS.viewDepth ? null : sealObject(value, depth);
    default:
      return null;
  }
}

function sealObject(value: object, depth: number): unknown {
  if (Array.isArray(value)) return Object.freeze(value.map((item) => seal(item, depth + 1)));
  const out = new Bare();
  for (const key of Object.keys(value)) {
    if (!isDenied(key)) out[key] = seal((value as Fields)[key], depth + 1);
  }
  return Object.freeze(out);
}

function isTooLong(text: string): boolean {
  const most = LIMITS.viewStringChars;
  return text.length > most && lettersOf(text).length > most;
}
