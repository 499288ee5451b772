import { z } from 'zod';
import type {
  Addition,
  CartRemarks,
  LineChange,
  LineRef,
  QuantityUpdate,
} from '@renderer/checkout';
import type { CartAction } from '../2-match-route/match-route';
import { sectionIds } from '../2-match-route/sections-asked';
import type { Input } from './read-input';
import { ownPath } from './same-origin';

/** What a shopper wants done to the cart. */
export type Wish = (
  | { verb: 'add'; additions: Addition[]; remarks: CartRemarks; single: boolean }
  | { verb: 'change'; line: LineRef; change: LineChange }
  | { verb: 'update'; updates: QuantityUpdate[]; remarks: CartRemarks }
  | { verb: 'clear' }
) & {
  /** As sent; where it leads is not checked yet. */
  returnTo: string | null;
  /** Whether the shopper goes on to the checkout; `paypal` begins it there, where the store offers that. */
  checkout: boolean | 'paypal';
  /** Sections that a script wants with its answer, as they are after the change. */
  bundle: SectionBundle | null;
};

/** Sections of one page of the store. */
export interface SectionBundle {
  ids: string[];
  /** Path and query of their page; null for the page that the script runs on. */
  url: string | null;
}

/** A wish that cannot be read: which parameter is at fault. */
export interface BadWish {
  parameter: string;
}

/** Generous for an engraving or a gift message, small for a row. */
const longest = { name: 255, value: 2_000, note: 5_000 };
const mostProperties = 50;
const mostItems = 100;

/** PostgreSQL's jsonb takes neither NUL nor half a surrogate pair. */
function clean(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8').replaceAll('\0', '');
}

const text = z.string().transform(clean);
const whole = z.union([
  z.int().nonnegative(),
  z
    .string()
    .regex(/^\s*\d{1,15}\s*$/)
    .transform(Number),
]);
const nothing = z.union([z.null(), z.literal('')]).transform(() => undefined);
const optional = <T extends z.ZodType>(schema: T) => z.union([nothing, schema]).optional();

const pairs = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
  .transform((fields) =>
    Object.entries(fields).flatMap(([name, value]): [string, string][] =>
      value === null ? [] : [[clean(name), clean(String(value))]],
    ),
  )
  .refine(
    (list) =>
      list.length <= mostProperties &&
      list.every(
        ([name, value]) =>
          name !== '' && name.length <= longest.name && value.length <= longest.value,
      ),
  );

const item = z.object({
  id: whole,
  quantity: optional(whole.refine((quantity) => quantity >= 1)),
  properties: optional(pairs),
  // Accepted for scripts that always send it; there are no plans to choose.
  selling_plan: nothing.optional(),
});

const way = z.object({
  return_to: optional(text),
  checkout: z.unknown().optional(),
  goto_pp: z.unknown().optional(),
  sections: optional(
    z.unknown().transform((value, context) => {
      const ids = sectionIds(value);
      if (!ids) context.addIssue({ code: 'custom', message: 'not a list of sections' });
      return ids ?? [];
    }),
  ),
  sections_url: optional(text.refine((url) => ownPath(url) !== null)),
});

const remarks = way.extend({
  note: z.union([z.null().transform(() => ''), text.pipe(z.string().max(longest.note))]).optional(),
  attributes: optional(pairs),
  // The full set, separated by commas; an empty one clears it.
  discount: z
    .union([z.null().transform(() => ''), text.pipe(z.string().max(longest.value))])
    .optional(),
});

const list = <T extends z.ZodType>(schema: T) =>
  z.preprocess(
    (value) => (isFields(value) ? Object.values(value) : value),
    z.array(schema).min(1).max(mostItems),
  );

const addForm = remarks.extend({ items: list(item).optional() });
const changeForm = remarks.extend({
  line: optional(whole.refine((place) => place >= 1)),
  id: optional(z.union([z.int().nonnegative(), text])),
  quantity: optional(whole),
  properties: optional(pairs),
});
const updateForm = remarks.extend({
  updates: z
    .union([
      nothing,
      z.array(optional(whole)).max(mostItems),
      z.record(z.string(), optional(whole)),
    ])
    .optional(),
});

/** Reads what a form or a script asks for; `show` asks for nothing. */
export function readWish(action: Exclude<CartAction, 'show'>, input: Input): Wish | BadWish {
  if (action === 'add') return readAdd(input);
  if (action === 'change') return readChange(input);
  if (action === 'clear') return readClear(input);
  const form = updateForm.safeParse(input);
  if (!form.success) return fault(form.error);
  return {
    verb: 'update',
    updates: updatesOf(form.data.updates),
    remarks: remarksOf(form.data),
    ...wayOf(form.data),
  };
}

function readClear(input: Input): Wish | BadWish {
  const form = way.safeParse(input);
  if (!form.success) return fault(form.error);
  return { verb: 'clear', ...wayOf(form.data), returnTo: null, checkout: false };
}

function readAdd(input: Input): Wish | BadWish {
  const form = addForm.safeParse(input);
  if (!form.success) return fault(form.error);
  const single = form.data.items === undefined;
  const items = single ? item.safeParse(input) : { success: true as const, data: null };
  if (!items.success) return fault(items.error);
  const wanted = items.data ? [items.data] : (form.data.items ?? []);
  return {
    verb: 'add',
    single,
    additions: wanted.map(({ id, quantity = 1, properties = [] }) => ({
      variant: id,
      quantity,
      properties,
    })),
    remarks: remarksOf(form.data),
    ...wayOf(form.data),
  };
}

function readChange(input: Input): Wish | BadWish {
  const form = changeForm.safeParse(input);
  if (!form.success) return fault(form.error);
  const { line, id, quantity, properties } = form.data;
  if (line === undefined && id === undefined) return { parameter: 'id' };
  return {
    verb: 'change',
    line: line === undefined ? refOf(String(id)) : { place: line },
    change: { quantity, properties },
    ...wayOf(form.data),
  };
}

/** A text of digits is a variant's public id, any other a line's key. */
function refOf(id: string): LineRef {
  return /^\d{1,15}$/.test(id) ? { variant: Number(id) } : { key: id };
}

function updatesOf(updates: z.infer<typeof updateForm>['updates']): QuantityUpdate[] {
  const named: [LineRef, number | undefined][] = Array.isArray(updates)
    ? updates.map((quantity, index) => [{ place: index + 1 }, quantity])
    : Object.entries(updates ?? {}).map(([id, quantity]) => [refOf(id), quantity]);
  return named.flatMap(([line, quantity]) => (quantity === undefined ? [] : [{ line, quantity }]));
}

function remarksOf({ note, attributes, discount }: z.infer<typeof remarks>): CartRemarks {
  return {
    note,
    codes: discount?.split(','),
    attributes: attributes && Object.fromEntries(attributes),
  };
}

function wayOf({ return_to, checkout, goto_pp, sections, sections_url: url }: z.infer<typeof way>) {
  return {
    returnTo: return_to ?? null,
    checkout: goto_pp !== undefined ? ('paypal' as const) : checkout !== undefined,
    bundle: sections ? { ids: sections, url: url === undefined ? null : ownPath(url) } : null,
  };
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fault({ issues }: z.ZodError): BadWish {
  return { parameter: issues[0]?.path.map(String).join('.') || 'id' };
}
