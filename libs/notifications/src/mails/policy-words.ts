import type { Pages } from '@libs/content';

type Policy = Awaited<ReturnType<Pages['policies']>>[number];

const words: Record<string, Record<Policy['kind'], string>> = {
  en: {
    terms: 'Terms',
    privacy: 'Privacy',
    refund: 'Refunds',
    shipping: 'Shipping',
    imprint: 'Imprint',
  },
  de: {
    terms: 'AGB',
    privacy: 'Datenschutz',
    refund: 'Rückgabe',
    shipping: 'Versand',
    imprint: 'Impressum',
  },
  zh: { terms: '条款', privacy: '隐私', refund: '退款', shipping: '配送', imprint: '法律声明' },
  ar: {
    terms: 'الشروط',
    privacy: 'الخصوصية',
    refund: 'استرداد الأموال',
    shipping: 'الشحن',
    imprint: 'بيانات الناشر',
  },
};

/**
 * Links to the policies of a store that shoppers can read, in the shopper's language, else in English.
 * @param home what the store's links begin with, without a slash at the end
 */
export function policyLinks(
  policies: readonly Policy[],
  locale: string,
  home: string,
): { text: string; href: string }[] {
  const said = words[locale.split('-')[0] ?? 'en'] ?? words['en']!;
  return policies
    .filter(({ published }) => published)
    .map(({ kind, handle }) => ({ text: said[kind], href: `${home}/pages/${handle}` }));
}
