import { Inject, Injectable } from '@nestjs/common';
import { formatDecimal, matchedWords, splitCompletion } from '@libs/kernel';
import { type PriceTerms, ProductData, openMarkets } from '@renderer/catalog';
import { Db } from '@platform/database';
import type { View } from '@template-engine/context';
import { inLocale } from '../2-match-route/locale-prefix';
import type { SuggestAsked } from '../2-match-route/suggest-asked';
import { type Suggestions, loadSuggestions } from '../3-load-page/load-search';
import { PageFaces } from '../3-load-page/page-faces';
import { shopperOf } from '../3-load-page/shopper';
import { termsOf } from '../3-load-page/terms-of';
import { escapeHtml } from '../escape-html';
import type { ShopRequest, ShopResponse } from '../shop-request';
import { plainPage } from './plain-page';
import { dataAnswer } from './shared-data';

/** As wide as a picture beside a line of text needs to be. */
const pictureWidth = 533;

/** `/search/suggest.json`: what is found while a shopper types, in the form of Shopify's Predictive Search API. */
@Injectable()
export class SuggestResponses {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(PageFaces) private readonly faces: PageFaces,
    @Inject(ProductData) private readonly products: ProductData,
  ) {}

  /** Prices are decimals, as the shopper's market shows them; addresses are in the language of the request. */
  async json(storeId: string, asked: SuggestAsked, request: ShopRequest): Promise<ShopResponse> {
    const shopper = shopperOf(request.headers.cookie);
    const results = await this.db.read(storeId, async (store) => {
      const shop = await this.faces.stores.shop(store);
      if (!shop) return null;
      const markets = shopper.country === null ? [] : await openMarkets(store, shop);
      const terms = termsOf(shop, markets, shopper);
      const found = await loadSuggestions(store, asked, this.faces, (wanted) =>
        this.products.suggested(store, wanted, asked, terms),
      );
      return resultsOf(found, asked, terms);
    });
    if (!results) return plainPage('nobody', request.id);
    const { locale } = request;
    const own = locale === undefined ? results : inLocale(results, locale);
    return dataAnswer(200, { resources: { results: own } });
  }
}

/** Only the kinds that were asked for have a list. */
function resultsOf(
  { products, collections, pages, articles, terms }: Suggestions<View<'product'>>,
  { q, kinds, queries }: SuggestAsked,
  { currency }: PriceTerms,
): Record<string, object[]> {
  const lists = {
    product: () => ['products', products.map((product) => productOf(product, q, currency))],
    collection: () => ['collections', collections.map((one) => ({ ...one, id: Number(one.id) }))],
    page: () => [
      'pages',
      pages.map(({ id, title, handle, url, content, published_at }) => ({
        id: Number(id),
        title,
        handle,
        url,
        body: content,
        published_at,
      })),
    ],
    article: () => ['articles', articles.map(articleOf)],
  };
  return {
    ...(queries && { queries: terms.map((text) => queryOf(text, q)) }),
    ...Object.fromEntries(kinds.map((kind) => lists[kind]())),
  };
}

/** Words to go on with; what was typed of them is marked, in HTML. */
function queryOf(text: string, q: string): Record<string, string> {
  const [typed, added] = splitCompletion(q, text).map(escapeHtml);
  return {
    text,
    styled_text: `<mark>${typed}</mark><span>${added}</span>`,
    url: `/search?q=${encodeURIComponent(text)}`,
  };
}

/** A product; where words name one of its variants, with that one, its picture and its address. */
function productOf(product: View<'product'>, q: string, currency: string): Record<string, unknown> {
  const price = (amount: number) => formatDecimal(amount, currency);
  const { id, title, handle, vendor, type, tags, available } = product;
  const variant = variantMeant(product, q);
  const image = variant?.image ?? product.featured_image;
  const struck = product.variants.flatMap(({ compare_at_price: one }) => one ?? []);
  return {
    id: Number(id),
    title,
    handle,
    body: product.description,
    url: variant?.url ?? product.url,
    vendor,
    type,
    tags,
    available,
    price: price(product.price),
    price_min: price(product.price_min),
    price_max: price(product.price_max),
    compare_at_price_min: price(Math.min(...(struck.length === 0 ? [0] : struck))),
    compare_at_price_max: price(Math.max(0, ...struck)),
    image: image ? pictureUrl(image) : null,
    featured_image: pictureOf(image),
    variants: variant ? [variantOf(variant, price)] : [],
  };
}

/** The variant of whose title most words were typed that the product's own title does not have. */
function variantMeant({ title, variants }: View<'product'>, q: string): View<'variant'> | null {
  const known = new Set(matchedWords(q, title));
  const counts = variants.map(({ options }) => {
    const words = new Set(matchedWords(q, options.join(' ')));
    return [...words].filter((word) => !known.has(word)).length;
  });
  const most = Math.max(0, ...counts);
  return most === 0 ? null : (variants[counts.indexOf(most)] ?? null);
}

function variantOf(
  { id, title, url, available, image, price, compare_at_price: struck }: View<'variant'>,
  decimal: (amount: number) => string,
): Record<string, unknown> {
  return {
    id: Number(id),
    title,
    url,
    available,
    price: decimal(price),
    compare_at_price: struck === null ? null : decimal(struck),
    image: image ? pictureUrl(image) : null,
    featured_image: pictureOf(image),
  };
}

function articleOf(article: View<'article'>): Record<string, unknown> {
  const { id, title, handle, url, author, excerpt, content, tags, image, published_at } = article;
  return {
    id: Number(id),
    title,
    handle,
    url,
    author,
    summary_html: excerpt,
    body: content,
    tags,
    image: image ? pictureUrl(image) : null,
    featured_image: pictureOf(image),
    published_at,
  };
}

function pictureOf(image: View<'image'> | null): Record<string, unknown> {
  if (!image) return { alt: null, aspect_ratio: null, height: null, url: null, width: null };
  const { alt, aspect_ratio, height, width } = image;
  return { alt, aspect_ratio, height, url: pictureUrl(image), width };
}

function pictureUrl({ src, width }: View<'image'>): string {
  return src.replace('{width}', String(Math.min(width, pictureWidth)));
}
