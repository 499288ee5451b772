/** Pages that are called the same in every store. */
type Named = '404' | 'cart' | 'search' | 'list-collections' | 'customers';

const titles: Record<string, Record<Named, string>> = {
  en: {
    '404': 'Page not found',
    cart: 'Cart',
    search: 'Search',
    'list-collections': 'Collections',
    customers: 'Account',
  },
  de: {
    '404': 'Seite nicht gefunden',
    cart: 'Warenkorb',
    search: 'Suche',
    'list-collections': 'Kollektionen',
    customers: 'Konto',
  },
  zh: {
    '404': '未找到页面',
    cart: '购物车',
    search: '搜索',
    'list-collections': '商品系列',
    customers: '账户',
  },
  ar: {
    '404': 'الصفحة غير موجودة',
    cart: 'السلة',
    search: 'البحث',
    'list-collections': 'المجموعات',
    customers: 'الحساب',
  },
};

/**
 * What a browser's tab and history say of a page that has no title of its own: without it, they would tell every such
 * page of a store alike.
 * @param type the page type, `customers/order` among them
 * @param locale a language of the store; English where there are no words of it
 * @returns null for a page that the store itself names
 */
export function pageTitle(type: string, locale: string): string | null {
  const words = titles[locale.toLowerCase().split('-')[0] ?? ''] ?? titles['en'];
  return words?.[(type.split('/')[0] ?? '') as Named] ?? null;
}
