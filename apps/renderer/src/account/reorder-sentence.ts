import { type LeftOut, say } from '@renderer/checkout';
import type { FormResult } from '../actions/forms/form-results';

type Words = Record<LeftOut['reason'] | 'raced', string>;

const english: Words = {
  gone: '“{title}” is not sold any more.',
  'sold-out': '“{title}” is sold out.',
  reduced: 'Of “{title}” only {got} of {wanted} could be put into your cart.',
  full: '“{title}” could not be put into your cart: there is no more of it than you have there, or the cart is full.',
  raced: 'Your cart has just been changed elsewhere. Please try again.',
};

const german: Words = {
  gone: '„{title}“ wird nicht mehr verkauft.',
  'sold-out': '„{title}“ ist ausverkauft.',
  reduced: 'Von „{title}“ kamen nur {got} von {wanted} in den Warenkorb.',
  full: '„{title}“ kam nicht in den Warenkorb: Mehr als dort liegt, gibt es nicht, oder der Warenkorb ist voll.',
  raced:
    'Ihr Warenkorb wurde gerade an anderer Stelle geändert. Bitte versuchen Sie es noch einmal.',
};

const arabic: Words = {
  gone: 'لم يعد «{title}» يُباع.',
  'sold-out': 'نفد «{title}».',
  reduced: 'أُضيف من «{title}» {got} فقط من أصل {wanted} إلى سلتك.',
  full: 'تعذّرت إضافة «{title}» إلى سلتك: لا يتوفر منه أكثر مما فيها، أو أن السلة ممتلئة.',
  raced: 'تغيّرت سلتك للتو من مكان آخر. يُرجى المحاولة مرة أخرى.',
};

const chinese: Words = {
  gone: '“{title}”已停售。',
  'sold-out': '“{title}”已售罄。',
  reduced: '“{title}”仅有 {got} 件（共需 {wanted} 件）加入购物车。',
  full: '“{title}”未能加入购物车：库存不多于购物车中的数量，或购物车已满。',
  raced: '您的购物车刚在别处被更改，请重试。',
};

const languages: Record<string, Words> = { en: english, de: german, ar: arabic, zh: chinese };

/** A title that is longer is cut: the sentences travel in a cookie. */
const longest = 80;

/**
 * What a shopper is told of an order that they put into the cart again.
 * @param left what was left out; null when nothing was done
 * @param locale of the page; English where we have no words in it
 */
export function reorderErrors(
  left: readonly LeftOut[] | null,
  locale: string,
): FormResult['errors'] {
  const [language = ''] = locale.toLowerCase().split('-');
  const words = languages[language] ?? english;
  if (left === null) return [{ field: 'form', message: words.raced }];
  return left.map(({ title, wanted, got, reason }) => {
    const short = title.length > longest ? `${title.slice(0, longest - 1)}…` : title;
    return { field: 'items', message: say(words[reason], { title: short, wanted, got }) };
  });
}
