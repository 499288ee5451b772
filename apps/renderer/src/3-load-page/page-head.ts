import { formatDecimal } from '@libs/kernel';
import type { View } from '@template-engine/context';

type Product = View<'product'>;

/** What the head of a page is made of, beside the theme. */
export interface HeadInput {
  /** Scheme, host and port of the store's one address. */
  origin: string;
  shopName: string;
  canonicalPath: string;
  /** Query of the canonical address, such as `?page=2`; most pages have none. */
  canonicalQuery: string;
  title: string;
  description: string;
  image: View<'image'> | null;
  currency: string;
  /** The page is not for search engines: search results, carts, pages that do not exist. */
  noindex: boolean;
  product: Product | null;
  article: View<'article'> | null;
  breadcrumbs: { title: string; path: string }[];
  /** The same page in other languages, and in its own. */
  alternates?: { locale: string; path: string }[];
}

/** The platform's part of the head: canonical address, sharing cards, structured data. */
export function pageHead(input: HeadInput): string {
  const canonical = `${input.origin}${input.canonicalPath}${input.canonicalQuery}`;
  const image = input.image ? absolute(input.origin, input.image.src) : null;
  const tags = [
    input.noindex
      ? '<meta name="robots" content="noindex">'
      : `<link rel="canonical" href="${escapeAttribute(canonical)}">`,
    ...(input.alternates ?? []).map(
      ({ locale, path }) =>
        `<link rel="alternate" hreflang="${locale}" href="${escapeAttribute(`${input.origin}${path}${input.canonicalQuery}`)}">`,
    ),
    ...(input.description === ''
      ? []
      : [`<meta name="description" content="${escapeAttribute(input.description)}">`]),
    meta('og:site_name', input.shopName),
    meta('og:url', canonical),
    meta('og:type', input.product ? 'product' : input.article ? 'article' : 'website'),
    meta('og:title', input.title),
    ...(input.description === '' ? [] : [meta('og:description', input.description)]),
    ...(image === null ? [] : [meta('og:image', image)]),
    ...structuredData(input, canonical, image).map(jsonLd),
  ];
  return tags.join('\n');
}

function structuredData(input: HeadInput, canonical: string, image: string | null): object[] {
  const data: object[] = [];
  if (input.product) data.push(productData(input.product, input, canonical, image));
  if (input.article) data.push(articleData(input.article, input, canonical, image));
  if (input.breadcrumbs.length > 0) {
    data.push({
      '@context': 'https://schema.org',
      '@type': 'BreadcrumbList',
      itemListElement: input.breadcrumbs.map(({ title, path }, index) => ({
        '@type': 'ListItem',
        position: index + 1,
        name: title,
        item: `${input.origin}${path}`,
      })),
    });
  }
  return data;
}

function articleData(
  { title, author, published_at, tags }: View<'article'>,
  { description, shopName }: HeadInput,
  url: string,
  image: string | null,
): object {
  return {
    '@context': 'https://schema.org',
    '@type': 'Article',
    headline: title,
    url,
    mainEntityOfPage: url,
    ...(description === '' ? {} : { description }),
    ...(image === null ? {} : { image: [image] }),
    ...(published_at === null ? {} : { datePublished: published_at }),
    ...(tags.length === 0 ? {} : { keywords: tags.join(', ') }),
    author:
      author === ''
        ? { '@type': 'Organization', name: shopName }
        : { '@type': 'Person', name: author },
    publisher: { '@type': 'Organization', name: shopName },
  };
}

/** Google's product markup: one offer, or a range of offers when variants differ in price. */
function productData(
  product: Product,
  { currency, description, origin }: HeadInput,
  url: string,
  image: string | null,
): object {
  const availability = `https://schema.org/${product.available ? 'InStock' : 'OutOfStock'}`;
  const common = { priceCurrency: currency, availability, url };
  const price = (minor: number): string => formatDecimal(minor, currency);
  const variant = product.selected_or_first_available_variant;
  return {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: product.title,
    url,
    ...(description === '' ? {} : { description }),
    ...(image === null ? {} : { image: [image] }),
    ...(product.vendor === '' ? {} : { brand: { '@type': 'Brand', name: product.vendor } }),
    ...(variant?.sku ? { sku: variant.sku } : {}),
    ...(variant?.barcode ? { gtin: variant.barcode } : {}),
    productID: `${origin}#${product.id}`,
    ...ratingData(product.rating),
    offers: product.price_varies
      ? {
          '@type': 'AggregateOffer',
          ...common,
          lowPrice: price(product.price_min),
          highPrice: price(product.price_max),
          offerCount: product.variants_count,
        }
      : { '@type': 'Offer', ...common, price: price(product.price) },
  };
}

/** What buyers gave on average, as search engines read it; a rating counts from 1 to 5. */
function ratingData(rating: Product['rating']): object {
  if (typeof rating !== 'object' || rating === null || Array.isArray(rating)) return {};
  const { value, count } = rating;
  if (typeof value !== 'number' || value < 1 || value > 5) return {};
  const scale = { bestRating: 5, worstRating: 1 };
  return {
    aggregateRating: {
      '@type': 'AggregateRating',
      ratingValue: value,
      ratingCount: count,
      ...scale,
    },
  };
}

/** JSON in a script element: `<` is written so that nothing in it can end the element. */
function jsonLd(data: object): string {
  const json = JSON.stringify(data)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
  return `<script type="application/ld+json">${json}</script>`;
}

function meta(property: string, content: string): string {
  return `<meta property="${property}" content="${escapeAttribute(content)}">`;
}

function absolute(origin: string, src: string): string {
  const sized = src.replace('{width}', '1200');
  return sized.startsWith('/') ? `${origin}${sized}` : sized;
}

function escapeAttribute(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** A description for search engines out of HTML: its words, at most 320 characters. */
export function plainText(html: string): string {
  // Far more than is shown, and little enough that no text takes long to read.
  const text = html
    .slice(0, 20_000)
    .replace(/<(script|style)\b[^]*?<\/\1>/gi, ' ')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#0?39;/g, '’')
    .replace(/\s+/g, ' ')
    .trim();
  return text.length <= 320 ? text : `${text.slice(0, 319).replace(/\s+\S*$/, '')}…`;
}
