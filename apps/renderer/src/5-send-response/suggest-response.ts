import { Inject, Injectable } from '@nestjs/common';
import { formatDecimal } from '@libs/kernel';
import { noFilters, openMarkets } from '@renderer/catalog';
import { Db } from '@platform/database';
import type { View } from '@template-engine/context';
import type { SuggestAsked } from '../2-match-route/suggest-asked';
import { type Suggestions, loadSuggestions } from '../3-load-page/load-search';
import { PageFaces } from '../3-load-page/page-faces';
import { shopperOf } from '../3-load-page/shopper';
import { termsOf } from '../3-load-page/terms-of';
import type { ShopRequest, ShopResponse } from '../shop-request';
import { plainPage } from './plain-page';

/** As wide as a picture beside a line of text needs to be. */
const pictureWidth = 533;

/** `/search/suggest.json`: what is found while a shopper types, in the form of Shopify's Predictive Search API. */
@Injectable()
export class SuggestResponses {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(PageFaces) private readonly faces: PageFaces,
  ) {}

  /** Prices are decimals, as the shopper's market shows them. */
  async json(storeId: string, asked: SuggestAsked, request: ShopRequest): Promise<ShopResponse> {
    const shopper = shopperOf(request.headers.cookie);
    const answer = await this.db.read(storeId, async (store) => {
      const shop = await this.faces.stores.shop(store);
      if (!shop) return null;
      const { locale } = shop;
      const markets = shopper.country === null ? [] : await openMarkets(store, shop);
      const prices = termsOf(shop, markets, shopper);
      const { currency } = prices;
      const list = { sort: null, page: 1, size: asked.limit, filters: noFilters, facets: false };
      const window = { ...list, currency, locale };
      const { content, blogs, search } = this.faces;
      const catalog = this.faces.catalog.inMarket(prices);
      const faces = { content, blogs, search, catalog };
      const { found, terms } = await loadSuggestions(store, asked, window, faces);
      return { resources: { results: resultsOf(found, terms, asked, currency) } };
    });
    if (!answer) return plainPage('nobody', request.id);
    return {
      status: 200,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'private, no-cache',
        'x-robots-tag': 'noindex',
      },
      body: Buffer.from(JSON.stringify(answer)),
    };
  }
}

/** Only the kinds that were asked for have a list. */
function resultsOf(
  { products, collections, pages, articles }: Suggestions,
  terms: readonly string[],
  { kinds }: SuggestAsked,
  currency: string,
): Record<string, unknown[]> {
  const lists = {
    product: () => ['products', products.map((product) => productOf(product, currency))],
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
  const queries = terms.map((text) => ({
    text,
    url: `/search?q=${encodeURIComponent(text)}`,
  }));
  return { queries, ...Object.fromEntries(kinds.map((kind) => lists[kind]())) };
}

function productOf(product: View<'product'>, currency: string): Record<string, unknown> {
  const price = (amount: number | null) => formatDecimal(amount ?? 0, currency);
  const { id, title, handle, url, vendor, type, tags, available, featured_image } = product;
  return {
    id: Number(id),
    title,
    handle,
    url,
    vendor,
    type,
    tags,
    available,
    price: price(product.price),
    price_min: price(product.price_min),
    price_max: price(product.price_max),
    compare_at_price_min: price(product.compare_at_price),
    compare_at_price_max: price(product.compare_at_price),
    image: featured_image ? pictureUrl(featured_image) : null,
    featured_image: pictureOf(featured_image),
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
