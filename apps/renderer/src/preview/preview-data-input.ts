import { z } from 'zod';
import type { ThemeMeta } from '@libs/template-engine';

/** What a developer's machine asks. */
export interface PreviewDataInput {
  /** Path and query of a page. */
  path: string;
  /** What the page's plan is made of; templates and sections of other pages may be left out. */
  meta: ThemeMeta;
  assets: Record<string, string>;
}

/** Names of a theme's things: what the format allows, so that none can be a member of all objects. */
const name = z.string().regex(/^[a-z0-9_][A-Za-z0-9._/@-]{0,120}$/);
const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const texts = z.array(z.string().max(500)).max(2_000);

interface Block {
  type: string;
  blocks?: Record<string, Block>;
}

const block: z.ZodType<Block> = z.lazy(() =>
  z.looseObject({
    type: name,
    settings: z.record(z.string(), z.json()).optional(),
    disabled: z.boolean().optional(),
    blocks: z.record(id, block).optional(),
    block_order: z.array(id).max(50).optional(),
  }),
);

const template = z.looseObject({
  layout: z.union([z.literal(false), name]).optional(),
  wrapper: z.string().max(200).optional(),
  sections: z.record(id, block),
  order: z.array(id).max(25),
});

const reads = z.looseObject({
  public: z.boolean(),
  globals: texts,
  paths: texts,
  menus: texts,
});

const setting = z.looseObject({ type: z.string().max(50), id: z.string().max(50).optional() });
const settings = z.array(setting).max(200);

const section = z.looseObject({
  type: name,
  file: z.string().max(200),
  schema: z.looseObject({
    name: z.string().max(200),
    settings: settings.optional(),
    blocks: z
      .array(z.looseObject({ type: z.string().max(100), settings: settings.optional() }))
      .max(100)
      .optional(),
  }),
  deps: reads,
  limits: z.record(z.string().max(500), z.union([z.number(), z.string().max(100)])),
  paginate: z
    .looseObject({ target: z.string().max(500), by: z.union([z.number(), z.string().max(100)]) })
    .nullable(),
  hasBlocks: z.boolean(),
  staticBlocks: z.array(z.looseObject({ id: z.string().max(64), type: name })).max(50),
  weight: z.number(),
});

const meta = z.looseObject({
  format: z.literal('hbt/1'),
  defaultLocale: z.string().max(35),
  locales: z.array(z.string().max(35)).max(100),
  sections: z.record(name, section),
  blocks: z.record(name, section),
  layouts: z.record(name, reads.extend({ groups: z.array(name).max(20) })),
  templates: z.record(name, template),
  groups: z.record(name, template),
  settingsSchema: z
    .array(z.looseObject({ name: z.string().max(200), settings: settings.optional() }))
    .max(100),
  settings: z.record(z.string(), z.json()),
});

const input = z.object({
  path: z
    .string()
    .max(2_000)
    .regex(/^\/(?!\/)/, 'begins with one slash'),
  meta,
  assets: z.record(z.string().max(100), z.string().max(300)),
});

/** JSON may hold this many levels; a theme's own limits stay far below. */
const deepest = 40;

/**
 * Reads what was sent.
 * @param body JSON, its size limited by the server
 * @returns it, or one sentence that names the field at fault
 */
export function previewDataInput(body: Buffer): PreviewDataInput | { fault: string } {
  const text = body.toString('utf8');
  if (depthOf(text) > deepest) return { fault: `The body is nested deeper than ${deepest}.` };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { fault: 'The body is not JSON.' };
  }
  const read = input.safeParse(value);
  if (read.success) return read.data as unknown as PreviewDataInput;
  const [issue] = read.error.issues;
  return { fault: `${issue?.path.join('.') || 'The body'}: ${issue?.message ?? 'is wrong'}` };
}

/** How deep the brackets go, those in texts left out; one pass, before anything is built. */
function depthOf(text: string): number {
  let depth = 0;
  let most = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[{]|[\]}]/gs)) {
    if (token === '{' || token === '[') most = Math.max(most, (depth += 1));
    else if (token === '}' || token === ']') depth -= 1;
  }
  return most;
}
