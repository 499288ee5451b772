import { z } from 'zod';
import { defineEvent, tag } from '@platform/outbox';

/** A page was written, changed or deleted. */
export const PageChanged = defineEvent('content.page-changed', {
  version: 1,
  payload: z.object({ pageId: z.uuid() }),
  makesStale: ({ pageId }) => [tag('page', pageId)],
});

/** A menu changed: it may stand on every page of the store. */
export const MenuChanged = defineEvent('content.menu-changed', {
  version: 1,
  payload: z.object({ menuId: z.uuid(), handle: z.string() }),
  makesStale: ({ handle }) => [tag('menu', handle)],
});

/** A blog was written, changed or deleted, or one of its articles was. */
export const BlogChanged = defineEvent('content.blog-changed', {
  version: 1,
  payload: z.object({ blogId: z.uuid() }),
  makesStale: ({ blogId }) => [tag('blog', blogId)],
});

/** Records of a kind that the merchant defined were written, changed or deleted, or the kind itself was. */
export const MetaobjectsChanged = defineEvent('content.metaobjects-changed', {
  version: 1,
  payload: z.object({ type: z.string() }),
  makesStale: ({ type }) => [tag('metaobject', type)],
});
