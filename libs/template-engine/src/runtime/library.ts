import { allBlocks, oneBlock } from './blocks';
import { fonts } from './helpers/fonts';
import { dynamicText } from './helpers/dynamic-text';
import { formats, pluralCategory } from './helpers/formats';
import { lists, loopItems, loopKeys } from './helpers/lists';
import { logic } from './helpers/logic';
import { media } from './helpers/media';
import { formOpen, page, paginate } from './helpers/page';
import { texts } from './helpers/texts';
import { css, esc, own, raw, safeUrl, truthy } from './values';

/** The functions behind the helper table: `helpers.money(state, amount, hash)`. */
export const helpers = { ...logic, ...lists, ...texts, ...formats, ...fonts, ...media, ...page };

/** What generated code is given, and all that it can reach. */
export const library = Object.freeze({
  allBlocks,
  oneBlock,
  css,
  esc,
  raw,
  own,
  truthy,
  safeUrl,
  loopItems,
  loopKeys,
  formOpen,
  paginate,
  pluralCategory,
  dynamicText,
  helpers: Object.freeze(helpers),
});
