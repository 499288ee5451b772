import type { Json } from '../context/view';
import { LIMITS } from '../limits';
import type { SettingSchema } from '../model/templates';

type Check = (value: Json, schema: SettingSchema) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isId: Check = (value) => value === null || (typeof value === 'string' && value.length <= 200);
const isIds: Check = (value, schema) =>
  Array.isArray(value) &&
  value.length <= (schema.limit ?? 50) &&
  value.every((item) => typeof item === 'string' && item.length <= 200);
const textUpTo =
  (length: number): Check =>
  (value) =>
    typeof value === 'string' && value.length <= length;
const oneOf: Check = (value, schema) =>
  (schema.options ?? []).some((option) => option.value === value);
const isObject: Check = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isNumber: Check = (value, schema) =>
  value === null ||
  (typeof value === 'number' &&
    Number.isFinite(value) &&
    value >= (schema.min ?? -Infinity) &&
    value <= (schema.max ?? Infinity) &&
    (schema.step !== undefined || Number.isInteger(value)));

/** On the grid of a range: the steps are counted, since 0.1 is no exact number. */
const onGrid: Check = (value, schema) => {
  if (typeof value !== 'number' || schema.min === undefined || schema.max === undefined)
    return false;
  const steps = (value - schema.min) / (schema.step ?? 1);
  return value >= schema.min && value <= schema.max && Math.abs(steps - Math.round(steps)) < 1e-6;
};

/** Addresses that a merchant may enter (2.4): never a scheme that runs code. */
const isAddress: Check = (value) =>
  typeof value === 'string' &&
  value.length <= 2000 &&
  (value === '' || /^(\/(?!\/)|https?:\/\/|mailto:|tel:|#|ref:[a-z_]+:)[^\s<>"]*$/i.test(value));

/** How a stored value of each type is checked (2.4). Types that store nothing are absent. */
const CHECKS: Readonly<Record<string, Check>> = {
  text: (value) => typeof value === 'string' && value.length <= 1000 && !/[\r\n]/.test(value),
  textarea: textUpTo(20_000),
  inline_richtext: textUpTo(20_000),
  richtext: (value) =>
    typeof value === 'string' &&
    (value === '' || /^\s*<(p|h[1-6]|ul|ol|blockquote)\b/i.test(value)),
  html: textUpTo(50 * 1024),
  number: isNumber,
  range: onGrid,
  checkbox: (value) => typeof value === 'boolean',
  select: oneOf,
  radio: oneOf,
  text_alignment: (value) => value === 'left' || value === 'center' || value === 'right',
  color: (value) =>
    typeof value === 'string' && (value === '' || /^#([0-9a-f]{6}|[0-9a-f]{8})$/i.test(value)),
  color_scheme: isText,
  color_scheme_group: isObject,
  font: isText,
  image: isId,
  video: isId,
  video_url: (value) =>
    value === '' ||
    value === null ||
    (isAddress(value, { type: '', id: '' }) && typeof value === 'string' && videoHost(value)),
  url: isAddress,
  product: isId,
  collection: isId,
  page: isId,
  blog: isId,
  article: isId,
  product_list: isIds,
  collection_list: isIds,
  menu: isId,
  metaobject: isId,
  metaobject_list: isIds,
  discount: isId,
  date: (value) => typeof value === 'string' && (value === '' || /^\d{4}-\d{2}-\d{2}$/.test(value)),
  datetime: (value) =>
    typeof value === 'string' &&
    (value === '' || /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(value)),
};

function videoHost(url: string): boolean {
  return /^https:\/\/(www\.)?(youtube\.com|youtu\.be|youtube-nocookie\.com|vimeo\.com|player\.vimeo\.com)\//i.test(
    url,
  );
}

/** Types that are only words in the editor. */
export const EDITOR_ONLY = new Set(['header', 'paragraph']);

/** Every setting type of the language. */
export const SETTING_TYPES: readonly string[] = [...Object.keys(CHECKS), ...EDITOR_ONLY];

/** Says whether a stored value fits a setting. */
export function fitsSetting(value: Json, schema: SettingSchema): boolean {
  const check = CHECKS[schema.type];
  if (!check) return false;
  if (typeof value === 'string' && Buffer.byteLength(value) > LIMITS.settingValueBytes)
    return false;
  return check(value, schema);
}

/** The value of a setting that nobody has set. */
export function emptyValue(schema: SettingSchema): Json {
  if (schema.default !== undefined) return schema.default;
  switch (schema.type) {
    case 'checkbox':
      return false;
    case 'range':
      return schema.min ?? 0;
    case 'select':
    case 'radio':
      return schema.options?.[0]?.value ?? '';
    case 'text_alignment':
      return 'left';
    case 'product_list':
    case 'collection_list':
    case 'metaobject_list':
      return [];
    case 'text':
    case 'textarea':
    case 'inline_richtext':
    case 'richtext':
    case 'html':
    case 'color':
    case 'url':
    case 'date':
    case 'datetime':
    case 'color_scheme':
    case 'font':
      return '';
    default:
      return null;
  }
}
