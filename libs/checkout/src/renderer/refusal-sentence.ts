import type { GiftField } from '../carts/gift-wish';
import type { Refusal } from '../carts/judge';
import { giftSentences } from './gift-sentences';

type Sentences = {
  [R in Exclude<Refusal['reason'], 'gift'>]: (refusal: Extract<Refusal, { reason: R }>) => string;
};

/** What shoppers are told in one language. */
interface Words {
  refusals: Sentences;
  changed: string;
  tooOften: string;
}

/** Scripts compare with this one, whatever the language. */
const variantMissing = () => 'Cannot find variant';

const english: Words = {
  refusals: {
    'variant-missing': variantMissing,
    'line-missing': () => 'This item is no longer in your cart.',
    short: ({ title, left, inCart }) => {
      if (inCart === 0 && left === 0) return `${title} is sold out.`;
      if (inCart === 1 && left === 0) return `The only ${title} that we have is in your cart.`;
      if (left === 0) return `All ${inCart} of ${title} that we have are in your cart.`;
      if (inCart === 0) return `Only ${left} of ${title} left.`;
      return `You can add only ${left} more of ${title} to your cart.`;
    },
    'too-many-lines': ({ limit }) => `A cart holds at most ${limit} different items.`,
    'too-many-units': ({ limit }) => `A cart holds at most ${limit} of one item.`,
    'too-many-attributes': ({ limit }) => `A cart holds at most ${limit} attributes.`,
  },
  changed: 'The cart has just been changed. Please try again.',
  tooOften:
    'That was too often in a short time. Please try again in a moment; your cart stays as it is.',
};

const german: Words = {
  refusals: {
    'variant-missing': variantMissing,
    'line-missing': () => 'Dieser Artikel ist nicht mehr im Warenkorb.',
    short: ({ title, left, inCart }) => {
      if (inCart === 0 && left === 0) return `${title} ist ausverkauft.`;
      if (left === 0)
        return `Von ${title} liegt schon alles im Warenkorb, was wir haben: ${inCart}.`;
      if (inCart === 0) return `Von ${title} gibt es nur noch ${left}.`;
      return left === 1
        ? `Von ${title} kann nur noch 1 in den Warenkorb.`
        : `Von ${title} können nur noch ${left} in den Warenkorb.`;
    },
    'too-many-lines': ({ limit }) => `Ein Warenkorb fasst höchstens ${limit} verschiedene Artikel.`,
    'too-many-units': ({ limit }) => `Ein Warenkorb fasst höchstens ${limit} Stück eines Artikels.`,
    'too-many-attributes': ({ limit }) => `Ein Warenkorb fasst höchstens ${limit} Attribute.`,
  },
  changed: 'Der Warenkorb wurde gerade geändert. Bitte noch einmal versuchen.',
  tooOften:
    'Das war zu oft in kurzer Zeit. Bitte gleich noch einmal versuchen; der Warenkorb bleibt, wie er ist.',
};

const chinese: Words = {
  refusals: {
    'variant-missing': variantMissing,
    'line-missing': () => '这件商品已不在您的购物车中。',
    short: ({ title, left, inCart }) => {
      if (inCart === 0 && left === 0) return `${title} 已售罄。`;
      if (left === 0) return `我们仅有的 ${inCart} 件 ${title} 已全部在您的购物车中。`;
      if (inCart === 0) return `${title} 仅剩 ${left} 件。`;
      return `${title} 最多还能再加 ${left} 件。`;
    },
    'too-many-lines': ({ limit }) => `购物车最多可放 ${limit} 种不同的商品。`,
    'too-many-units': ({ limit }) => `购物车中同一种商品最多可放 ${limit} 件。`,
    'too-many-attributes': ({ limit }) => `购物车最多可附 ${limit} 项附加信息。`,
  },
  changed: '购物车刚刚发生了变化，请重试。',
  tooOften: '操作过于频繁，请稍后再试；您的购物车保持不变。',
};

/** A noun after a number or a preposition: one, two, three to ten, eleven to 99, and from a hundred on. */
type ArabicForms = Record<'one' | 'two' | 'few' | 'many' | 'other', string>;

const arabicPlural = new Intl.PluralRules('ar');

/** So many of something; one and two are said by the noun alone. */
function arabicCount(count: number, forms: ArabicForms): string {
  const rule = arabicPlural.select(count);
  if (rule === 'one' || rule === 'two') return forms[rule];
  return `${count} ${forms[rule === 'zero' ? 'other' : rule]}`;
}

const arabicPieces = (count: number): string =>
  arabicCount(count, {
    one: 'قطعة واحدة',
    two: 'قطعتين',
    few: 'قطع',
    many: 'قطعة',
    other: 'قطعة',
  });

/** A name of another script keeps its own direction within the sentence. */
const isolated = (text: string): string => `\u2068${text}\u2069`;

const arabic: Words = {
  refusals: {
    'variant-missing': variantMissing,
    'line-missing': () => 'لم يعد هذا المنتج في سلتك.',
    short: ({ title, left, inCart }) => {
      const name = isolated(title);
      if (inCart === 0 && left === 0) return `نفدت كمية ${name}.`;
      if (left === 0)
        return `ليس لدينا من ${name} سوى ${arabicPieces(inCart)}، والكمية كلها في سلتك بالفعل.`;
      if (inCart === 0) return `لم يتبقَّ من ${name} سوى ${arabicPieces(left)}.`;
      return `يمكنك إضافة ${arabicPieces(left)} فقط من ${name} إلى سلتك.`;
    },
    'too-many-lines': ({ limit }) => {
      const items = arabicCount(limit, {
        one: 'منتج واحد',
        two: 'منتجين مختلفين',
        few: 'منتجات مختلفة',
        many: 'منتجًا مختلفًا',
        other: 'منتج مختلف',
      });
      return `لا تتسع السلة لأكثر من ${items}.`;
    },
    'too-many-units': ({ limit }) =>
      `لا تتسع السلة لأكثر من ${arabicPieces(limit)} من المنتج نفسه.`,
    'too-many-attributes': ({ limit }) => {
      const attributes = arabicCount(limit, {
        one: 'سمة واحدة',
        two: 'سمتين',
        few: 'سمات',
        many: 'سمة',
        other: 'سمة',
      });
      return `لا تتسع السلة لأكثر من ${attributes}.`;
    },
  },
  changed: 'لقد تغيرت السلة للتو. يُرجى المحاولة مرة أخرى.',
  tooOften: 'تكرر ذلك كثيرًا خلال وقت قصير. يُرجى المحاولة مرة أخرى بعد لحظات؛ وسلتك باقية كما هي.',
};

/** What a shopper is told who did the same too often in a short while. */
export function tooOftenSentence(locale: string): string {
  return wordsIn(locale).tooOften;
}

/** What a shopper is told whose cart was changed by another request at the same time. */
export function cartChangedSentence(locale: string): string {
  return wordsIn(locale).changed;
}

/**
 * What a shopper is told when the cart stays as it was.
 * @param locale the store's; English where we have no words in it
 */
export function refusalSentence(refusal: Refusal, locale: string): string {
  if (refusal.reason === 'gift') return Object.values(fieldSentences(refusal, locale)).join(' ');
  const tell = wordsIn(locale).refusals[refusal.reason] as (refusal: Refusal) => string;
  return tell(refusal);
}

/** The same field by field, where it was one that a shopper filled in; nothing where it was not. */
export function fieldSentences(
  refusal: Refusal,
  locale: string,
): Partial<Record<GiftField, string>> {
  return refusal.reason === 'gift' ? giftSentences(refusal.faults, locale) : {};
}

const languages = new Map([
  ['de', german],
  ['zh', chinese],
  ['ar', arabic],
]);

function wordsIn(locale: string): Words {
  return languages.get(locale.split('-')[0] ?? '') ?? english;
}
