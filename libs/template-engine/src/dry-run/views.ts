import { SHAPES } from '../context/shapes';
import type { Json, JsonObject } from '../context/view';
import type { Scenario } from './scenario';

/** Objects inside objects end here: shapes hold each other in circles. */
const DEEPEST = 4;

/** How many items a list gets where the scenario does not say, by field: what a page of this kind really has. */
const MANY: Readonly<Record<string, 'items' | 'products' | 'variants'>> = {
  'collection.products': 'products',
  'search.products': 'products',
  'search.results': 'products',
  'product.variants': 'variants',
  'blog.articles': 'products',
  'list_collections.collections': 'products',
};

/** Numbers that say how long a list is. */
const COUNTS: Readonly<Record<string, 'items' | 'products' | 'variants'>> = {
  products_count: 'products',
  results_count: 'products',
  articles_count: 'products',
  collections_count: 'products',
  variants_count: 'variants',
  item_count: 'items',
};

/** What stores really keep where the table of shapes says no more than `any`: kinds, made like the others. */
const KNOWN: Readonly<Record<string, string>> = {
  'order.items': 'cart_item[]',
  'customer.orders': 'order[]',
  'cart_item.properties': 'map:text',
  'cart.attributes': 'map:text',
};

/** Kinds of which a shopper has chosen one. */
const CHOICES = new Set(['locale', 'country', 'sort_option', 'option_value', 'variant']);

/** Texts that a standard gives. */
const CODES: Readonly<Record<string, readonly string[]>> = {
  'locale.code': ['en', 'de', 'ar', 'zh-CN', 'fr'],
  'locale.dir': ['ltr'],
  'country.code': ['DE', 'FR', 'US', 'JP', 'AE'],
  'market.country': ['DE', 'US'],
};

/** Different objects of a kind inside others; then they come again, since a page of products holds thousands. */
const POOL = 7;

/** Makes values of any kind of the table of shapes, so that a field added there is covered at once. */
export class Views {
  private count = 0;
  private readonly pools = new Map<string, Json[]>();

  constructor(private readonly scenario: Scenario) {}

  /** A value of a kind: `text`, `product?`, `image[]`, `map:link`. */
  make(kind: string, field = '', depth = 0): Json {
    if (kind.endsWith('?')) {
      if (this.scenario.nulls || depth > DEEPEST) return null;
      return this.make(kind.slice(0, -1), field, depth);
    }
    if (kind.endsWith('[]')) return this.list(kind.slice(0, -2), field, depth);
    if (kind.startsWith('map:')) return this.map(kind.slice(4), field, depth);
    const fields = SHAPES[kind as keyof typeof SHAPES] as
      Readonly<Record<string, string>> | undefined;
    if (!fields) return this.scalar(kind, field);
    if (depth > DEEPEST) return {};
    return depth < 2 ? this.object(kind, fields, depth) : this.pooled(kind, fields, depth);
  }

  private object(kind: string, fields: Readonly<Record<string, string>>, depth: number): Json {
    return Object.fromEntries(
      Object.entries(fields).map(([name, one]) => [
        name,
        this.make(one, `${kind}.${name}`, depth + 1),
      ]),
    );
  }

  private pooled(kind: string, fields: Readonly<Record<string, string>>, depth: number): Json {
    const key = `${kind}:${depth}`;
    const pool = this.pools.get(key) ?? [];
    this.pools.set(key, pool);
    if (pool.length < POOL) pool.push(this.object(kind, fields, depth));
    return pool[this.count++ % pool.length]!;
  }

  private list(kind: string, field: string, depth: number): Json[] {
    const many = MANY[field];
    // Only the list that a page is about is long; those inside its items have a few.
    const length =
      many && depth <= 1 ? this.scenario[many] : depth > DEEPEST ? 0 : this.scenario.items;
    const first = depth > 1 ? Math.min(length, 3) : length;
    const items = Array.from({ length: first }, () => this.make(kind, field, depth));
    return CHOICES.has(kind) ? oneChosen(items) : items;
  }

  private map(kind: string, field: string, depth: number): JsonObject {
    if (this.scenario.items === 0) return {};
    return Object.fromEntries(['a', 'b'].map((key) => [key, this.make(kind, field, depth + 1)]));
  }

  private number(field: string, n: number): number {
    const counted = COUNTS[field.slice(field.lastIndexOf('.') + 1)];
    return ofImage(field) ?? (counted ? this.scenario[counted] : n % 5);
  }

  /** Plain JSON of any form. Only the scenario of everything gives what is usual; else nothing may be relied on. */
  private any(field: string, text: string, n: number): Json {
    if (this.scenario.nulls) return null;
    if (this.scenario.truth === true && field.endsWith('.rating')) return { value: 4.7, count: n };
    const known = KNOWN[field];
    if (this.scenario.truth === true && known) return this.make(known, field, 3);
    return n % 2 === 0 ? null : { value: text };
  }

  private scalar(kind: string, field: string): Json {
    const n = ++this.count;
    const text = this.scenario.texts[n % this.scenario.texts.length] ?? '';
    switch (kind) {
      case 'text':
        return exact(field, n) ?? text;
      case 'html':
        return text === '' ? '' : `<p>${text.replace(/[<>&"]/g, '')}</p>`;
      case 'url':
        return `/fixture/${n}`;
      case 'number':
        return this.number(field, n);
      case 'money':
        return 990 + n * 100;
      case 'bool':
        return this.scenario.truth === 'mixed' ? n % 2 === 0 : this.scenario.truth;
      case 'date':
        return '2026-02-28T23:59:59.000Z';
      case 'color':
        return '#22201c';
      case 'any':
        return this.any(field, text, n);
      default:
        return text;
    }
  }
}

/** A number that fits what is beside it. */
function ofImage(field: string): number | undefined {
  return { 'image.width': 1200, 'image.height': 1500, 'image.aspect_ratio': 0.8 }[field];
}

/** Fields whose text is no prose. */
function exact(field: string, n: number): string | null {
  const name = field.slice(field.lastIndexOf('.') + 1);
  if (name === 'id' || name === 'handle' || name === 'key' || name.endsWith('_id')) return `f${n}`;
  if (name === 'currency') return 'EUR';
  const codes = CODES[field];
  return codes ? codes[n % codes.length]! : null;
}

/** Of what one can choose from, one is chosen: the first. */
function oneChosen(items: readonly Json[]): Json[] {
  return items.map((item, i) => {
    if (item === null || typeof item !== 'object' || Array.isArray(item)) return item;
    const marks = ['active', 'selected'].filter((mark) => mark in item);
    return { ...item, ...Object.fromEntries(marks.map((mark) => [mark, i === 0])) };
  });
}
