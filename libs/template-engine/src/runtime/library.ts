import { allBlocks, oneBlock } from './blocks';
import { fonts } from './helpers/fonts';
import { dynamicText, filledText } from './helpers/dynamic-text';
import { formats, moneyFlags, pluralCategory, printedMoney } from './helpers/formats';
import { lists, loopItems, loopKeys } from './helpers/lists';
import { logic } from './helpers/logic';
import { imageWish, media, printedMedia } from './helpers/media';
import { formOpen, page, paginate } from './helpers/page';
import { prices } from './helpers/prices';
import { texts } from './helpers/texts';
import type { Octets } from './octets';
import type { State } from './state';
import { css, esc, escapeFrom, own, raw, safeUrl } from './values';

/** What these make is text, and by their type octets: one that gave letters would not compile. */
const writing = {
  ...texts,
  ...formats,
  ...fonts,
  ...media,
  ...page,
  ...prices,
} satisfies Readonly<Record<string, (s: State, ...args: never[]) => Octets>>;

/** The functions behind the helper table: `helpers.money(state, amount, hash)`. */
export const helpers = { ...logic, ...lists, ...writing };

/**
 * Helpers whose printed form is made at once: escaped where it is put together (`printed` in the helper table). In the
 * place of a hash they take what `wishes` made of it, once where it is constant.
 */
const printed = Object.freeze({ ...printedMedia, money: printedMoney });

/** What the printed helpers make of their hashes. */
const wishes = Object.freeze({ image_url: imageWish, srcset: imageWish, money: moneyFlags });

/** What generated code is given, and all that it can reach. */
export const library = Object.freeze({
  allBlocks,
  oneBlock,
  printed,
  wishes,
  escapeFrom,
  esc,
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
  filledText,
  helpers: Object.freeze(helpers),
});
