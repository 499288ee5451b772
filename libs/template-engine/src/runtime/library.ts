import { allBlocks, oneBlock } from './blocks';
import { fonts } from './helpers/fonts';
import { dynamicText } from './helpers/dynamic-text';
import { formats, pluralCategory } from './helpers/formats';
import { lists, loopItems, loopKeys } from './helpers/lists';
import { logic } from './helpers/logic';
import { media, printedMedia } from './helpers/media';
import { formOpen, page, paginate } from './helpers/page';
import { texts } from './helpers/texts';
import type { State } from './state';
import { css, esc, escapeSlowly, type Fields, own, raw, safeUrl } from './values';

/** The functions behind the helper table: `helpers.money(state, amount, hash)`. */
export const helpers = { ...logic, ...lists, ...texts, ...formats, ...fonts, ...media, ...page };

/** Helpers whose printed form is made at once, escaped where it is put together (`printed` in the helper table). */
const printed = Object.freeze({
  image_url: (s: State, image: unknown, hash: Fields) =>
    printedMedia.image_url(s, image, hash, esc),
  srcset: (s: State, image: unknown, hash: Fields) => printedMedia.srcset(s, image, hash, esc),
});

/** What generated code is given, and all that it can reach. */
export const library = Object.freeze({
  allBlocks,
  oneBlock,
  printed,
  escapeSlowly,
  css,
  raw,
  own,
  safeUrl,
  loopItems,
  loopKeys,
  formOpen,
  paginate,
  pluralCategory,
  dynamicText,
  helpers: Object.freeze(helpers),
});
