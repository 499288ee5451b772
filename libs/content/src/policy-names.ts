import type { PolicyKind } from './policies.queries';

const names: Record<string, Record<PolicyKind, string>> = {
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

/** What links to a policy say, in the language of the locale, else in English. */
export function policyName(kind: PolicyKind, locale: string): string {
  return (names[locale.split('-')[0] ?? 'en'] ?? names['en']!)[kind];
}
