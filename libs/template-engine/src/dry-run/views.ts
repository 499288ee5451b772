import { SHAPES } from '../context/shapes';
import type { Json, JsonObject } from '../context/view';
import type { Scenario } from './scenario';

/** Objects inside objects end here: shapes hold each other in circles. */
const DEEPEST = 4;

/** How many items a list gets where the scenario does not say, by field: what a page of this kind really has. */
const MANY: Readonly<Record<string, keyof Pick<Scenario, 'products' | 'variants'>>> = {
  'collection.products': 'products',
  'search.products': 'products',
  'search.results': 'products',
  'product.variants': 'variants',
};

/** Makes values of any kind of the table of shapes, so that a field added there is covered at once. */
export class Views {
  private count = 0;

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
    return Object.fromEntries(
      Object.entries(fields).map(([name, one]) => [
        name,
        this.make(one, `${kind}.${name}`, depth + 1),
      ]),
    );
  }

  private list(kind: string, field: string, depth: number): Json[] {
    const many = MANY[field];
    // Only the list that a page is about is long; those inside its items have a few.
    const length =
      many && depth <= 1 ? this.scenario[many] : depth > DEEPEST ? 0 : this.scenario.items;
    const first = depth > 1 ? Math.min(length, 3) : length;
    return Array.from({ length: first }, () => this.make(kind, field, depth));
  }

  private map(kind: string, field: string, depth: number): JsonObject {
    if (this.scenario.items === 0) return {};
    return Object.fromEntries(['a', 'b'].map((key) => [key, this.make(kind, field, depth + 1)]));
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
        return exact(field, n) === null ? n % 5 : Number(exact(field, n));
      case 'money':
        return 990 + n * 100;
      case 'bool':
        return !this.scenario.nulls && n % 2 === 0;
      case 'date':
        return '2026-02-28T23:59:59.000Z';
      case 'color':
        return '#22201c';
      case 'any':
        // Plain JSON of any form: nothing may be relied on.
        return this.scenario.nulls || n % 2 === 0 ? null : { value: text };
      default:
        return text;
    }
  }
}

/** Fields whose text is no prose. */
function exact(field: string, n: number): string | null {
  const name = field.slice(field.lastIndexOf('.') + 1);
  if (name === 'id' || name === 'handle' || name === 'key' || name.endsWith('_id')) return `f${n}`;
  if (name === 'currency') return 'EUR';
  if (field === 'image.width') return '1200';
  if (field === 'image.height') return '1500';
  if (name === 'aspect_ratio') return '0.8';
  return null;
}
