import type { Sort } from '../page-sql';

/** What lists say in their own words; a theme may translate by ids and values instead. */
export interface ListWords {
  /** The title of the list of everything, where the store has no collection `all` of its own. */
  everything: string;
  availability: string;
  price: string;
  type: string;
  vendor: string;
  tag: string;
  inStock: string;
  outOfStock: string;
  sort: Readonly<Record<Sort, string>>;
}

const english: ListWords = {
  everything: 'Products',
  availability: 'Availability',
  price: 'Price',
  type: 'Product type',
  vendor: 'Brand',
  tag: 'Tag',
  inStock: 'In stock',
  outOfStock: 'Out of stock',
  sort: {
    manual: 'Featured',
    'title-ascending': 'Alphabetically, A–Z',
    'title-descending': 'Alphabetically, Z–A',
    'price-ascending': 'Price, low to high',
    'price-descending': 'Price, high to low',
    'created-ascending': 'Date, old to new',
    'created-descending': 'Date, new to old',
  },
};

const german: ListWords = {
  everything: 'Produkte',
  availability: 'Verfügbarkeit',
  price: 'Preis',
  type: 'Produktart',
  vendor: 'Marke',
  tag: 'Schlagwort',
  inStock: 'Auf Lager',
  outOfStock: 'Ausverkauft',
  sort: {
    manual: 'Empfohlen',
    'title-ascending': 'Alphabetisch, A–Z',
    'title-descending': 'Alphabetisch, Z–A',
    'price-ascending': 'Preis, aufsteigend',
    'price-descending': 'Preis, absteigend',
    'created-ascending': 'Datum, älteste zuerst',
    'created-descending': 'Datum, neueste zuerst',
  },
};

const chinese: ListWords = {
  everything: '全部商品',
  availability: '库存状态',
  price: '价格',
  type: '商品类型',
  vendor: '品牌',
  tag: '标签',
  inStock: '有货',
  outOfStock: '缺货',
  sort: {
    manual: '推荐',
    'title-ascending': '名称：A–Z',
    'title-descending': '名称：Z–A',
    'price-ascending': '价格：从低到高',
    'price-descending': '价格：从高到低',
    'created-ascending': '日期：从旧到新',
    'created-descending': '日期：从新到旧',
  },
};

const arabic: ListWords = {
  everything: 'المنتجات',
  availability: 'التوفر',
  price: 'السعر',
  type: 'نوع المنتج',
  vendor: 'العلامة التجارية',
  tag: 'الوسم',
  inStock: 'متوفر',
  outOfStock: 'غير متوفر',
  sort: {
    manual: 'مميز',
    'title-ascending': 'أبجديًا، أ–ي',
    'title-descending': 'أبجديًا، ي–أ',
    'price-ascending': 'السعر، من الأقل إلى الأعلى',
    'price-descending': 'السعر، من الأعلى إلى الأقل',
    'created-ascending': 'التاريخ، من الأقدم إلى الأحدث',
    'created-descending': 'التاريخ، من الأحدث إلى الأقدم',
  },
};

/** The words of a language; English where there are none. @param locale BCP 47 */
export function listWords(locale: string): ListWords {
  return { de: german, zh: chinese, ar: arabic }[locale.split('-')[0] ?? ''] ?? english;
}
