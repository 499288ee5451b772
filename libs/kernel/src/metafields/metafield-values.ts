/** What a metafield may hold; `list.` before a type makes a list of it. Names are Shopify's. */
const readers: Readonly<Record<string, (value: unknown) => unknown>> = {
  single_line_text_field: (value) => text(value, 5_000, false),
  multi_line_text_field: (value) => text(value, 65_536, true),
  rich_text_field: (value) => (isObject(value) ? value : undefined),
  number_integer: (value) => (Number.isSafeInteger(value) ? value : undefined),
  number_decimal: (value) => (Number.isFinite(value) ? value : undefined),
  boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  date: (value) => match(value, /^\d{4}-\d{2}-\d{2}$/),
  date_time: (value) => match(value, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/),
  url: (value) => match(value, /^(https?:\/\/|mailto:|tel:|\/)\S+$/),
  color: (value) => match(value, /^#[0-9a-f]{6}$/i),
  json: (value) => value,
  money: (value) =>
    isObject(value) && Number.isSafeInteger(value['amountMinor']) ? value : undefined,
  weight: measure,
  volume: measure,
  dimension: measure,
  rating: (value) => (isObject(value) && 'value' in value ? value : undefined),
  product_reference: (value) => text(value, 255, false),
  variant_reference: (value) => text(value, 255, false),
  collection_reference: (value) => text(value, 255, false),
  file_reference: (value) => text(value, 255, false),
};

/** A JSON value larger than this is no longer data of a product (theme-format.md, 2.5). */
const largestValue = 64 * 1024;

/** Whether there is such a type. */
export function isMetafieldType(type: string): boolean {
  return Object.hasOwn(readers, type.startsWith('list.') ? type.slice(5) : type);
}

/**
 * Reads a metafield's value by its type.
 * @param fromText the value is a file's text, such as `5` for a number
 * @returns undefined when the value is not of the type
 */
export function readMetafield(type: string, value: unknown, fromText: boolean): unknown {
  const given = fromText && typeof value === 'string' ? fromFile(type, value) : value;
  if (given === undefined || JSON.stringify(given).length > largestValue) return undefined;
  if (!type.startsWith('list.')) return readers[type]?.(given);
  const read = readers[type.slice(5)];
  if (!read || !Array.isArray(given)) return undefined;
  const list = given.map(read);
  return list.includes(undefined) ? undefined : list;
}

function fromFile(type: string, value: string): unknown {
  if (/^(single_line|multi_line|date|url|color|[a-z]+_reference)/.test(type)) return value;
  if (type === 'boolean' && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

function text(value: unknown, max: number, lines: boolean): string | undefined {
  if (typeof value !== 'string' || value.length > max) return undefined;
  return lines || !/[\r\n]/.test(value) ? value : undefined;
}

function match(value: unknown, form: RegExp): string | undefined {
  return typeof value === 'string' && value.length <= 2_048 && form.test(value) ? value : undefined;
}

function measure(value: unknown): unknown {
  return isObject(value) && Number.isFinite(value['value']) && typeof value['unit'] === 'string'
    ? value
    : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
