import { z } from 'zod';

const handle = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be small letters, digits and single hyphens')
  .max(100);
const version = z.int().optional();
const suffix = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,60}$/, 'must be the suffix of a template, such as contact')
  .nullable();

/** What a write took out of a field of HTML: what could run, leave its place or pass itself off as the shop's own. */
const htmlWarnings = z.array(
  z.object({
    field: z.string(),
    code: z.literal('html-removed'),
    message: z.string(),
    /** `attribute` is null when the element went itself, `style: <property>` for a part of its style. */
    removed: z.array(
      z.object({ element: z.string(), attribute: z.string().nullable(), count: z.int() }),
    ),
  }),
);

export const pageInput = z
  .object({
    title: z.string().trim().min(1).max(255),
    handle: handle.optional(),
    bodyHtml: z.string().max(500_000).optional(),
    templateSuffix: suffix.optional(),
    seoTitle: z.string().max(255).nullable().optional(),
    seoDescription: z.string().max(1000).nullable().optional(),
    published: z.boolean().optional(),
  })
  .meta({ id: 'PageInput' });

export const pagePatch = pageInput.partial().extend({ version }).meta({ id: 'PagePatch' });

export const page = z
  .object({
    id: z.uuid(),
    handle: z.string(),
    title: z.string(),
    bodyHtml: z.string(),
    templateSuffix: z.string().nullable(),
    seoTitle: z.string().nullable(),
    seoDescription: z.string().nullable(),
    publishedAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    version: z.int(),
  })
  .meta({ id: 'Page' });

/** A page as a write left it. */
export const pageWritten = page.extend({ warnings: htmlWarnings }).meta({ id: 'PageWritten' });

export const pageList = z
  .object({ items: z.array(page), nextCursor: z.string().nullable() })
  .meta({ id: 'PageList' });

const policyPage = z.uuid().nullable().optional();

/** Which pages are the store's policies: ids of pages; null or nothing for none. */
export const policiesInput = z
  .object({
    termsPageId: policyPage,
    privacyPageId: policyPage,
    refundPageId: policyPage,
    shippingPageId: policyPage,
    imprintPageId: policyPage,
  })
  .meta({ id: 'PoliciesInput' });

/** The pages that are the store's policies. */
export const policyList = z
  .object({
    items: z.array(
      z.object({
        kind: z.enum(['terms', 'privacy', 'refund', 'shipping', 'imprint']),
        pageId: z.uuid(),
        handle: z.string(),
        title: z.string(),
        /** Links to it are shown to shoppers while it is. */
        published: z.boolean(),
      }),
    ),
    nextCursor: z.null(),
  })
  .meta({ id: 'PolicyList' });

export const blogInput = pageInput
  .omit({ bodyHtml: true, published: true })
  .meta({ id: 'BlogInput' });
export const blogPatch = blogInput.partial().extend({ version }).meta({ id: 'BlogPatch' });
export const blog = page.omit({ bodyHtml: true, publishedAt: true }).meta({ id: 'Blog' });
export const blogList = z
  .object({ items: z.array(blog), nextCursor: z.string().nullable() })
  .meta({ id: 'BlogList' });

export const articleInput = pageInput
  .extend({
    author: z.string().trim().max(255).optional(),
    excerptHtml: z.string().max(20_000).optional(),
    tags: z.array(z.string().trim().min(1).max(255)).max(50).optional(),
    mediaId: z.uuid().nullable().optional(),
  })
  .meta({ id: 'ArticleInput' });
export const articlePatch = articleInput.partial().extend({ version }).meta({ id: 'ArticlePatch' });
export const article = page
  .extend({
    blogId: z.uuid(),
    author: z.string(),
    excerptHtml: z.string(),
    tags: z.array(z.string()),
    mediaId: z.uuid().nullable(),
  })
  .meta({ id: 'Article' });
/** An article as a write left it. */
export const articleWritten = article
  .extend({ warnings: htmlWarnings })
  .meta({ id: 'ArticleWritten' });
export const articleList = z
  .object({ items: z.array(article), nextCursor: z.string().nullable() })
  .meta({ id: 'ArticleList' });

/** One entry of a menu. */
export interface MenuItemShape {
  title: string;
  link: string;
  items: MenuItemShape[];
}

/** The same as it is sent: an entry without entries of its own need not say so. */
interface MenuItemSent extends Omit<MenuItemShape, 'items'> {
  items?: MenuItemSent[] | undefined;
}

export const menuItem: z.ZodType<MenuItemShape, MenuItemSent> = z
  .object({
    title: z.string().trim().min(1).max(255),
    link: z.string().min(1).max(2000),
    get items() {
      return z.array(menuItem).max(200).default([]);
    },
  })
  .meta({ id: 'MenuItem' });

export const menuInput = z
  .object({
    title: z.string().trim().min(1).max(255),
    handle: handle.optional(),
    items: z.array(menuItem).max(200),
  })
  .meta({ id: 'MenuInput' });

export const menuPatch = menuInput
  .omit({ handle: true })
  .partial()
  .extend({ version })
  .meta({ id: 'MenuPatch' });

export const menu = z
  .object({
    id: z.uuid(),
    handle: z.string(),
    title: z.string(),
    items: z.array(menuItem),
    createdAt: z.iso.datetime(),
    version: z.int(),
  })
  .meta({ id: 'Menu' });

export const menuList = z
  .object({ items: z.array(menu), nextCursor: z.null() })
  .meta({ id: 'MenuList' });

export * from './metaobjects.contract';
