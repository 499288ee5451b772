import {
  Articles,
  Blogs,
  ContentModule,
  Menus,
  MetaobjectDefinitions,
  Metaobjects,
  Pages,
} from '@libs/content';
import { isolationSuite } from '@testing';

isolationSuite({
  modules: [ContentModule],
  tables: [
    'pages',
    'menus',
    'blogs',
    'articles',
    'metaobject_definitions',
    'metaobjects',
    'store_policies',
  ],
  seed: (lab, storeId) =>
    lab.db.write(storeId, async (store) => {
      const { pageId } = await lab.get(Pages).create(store, { title: 'About us' });
      await lab.get(Pages).setPolicies(store, { termsPageId: pageId });
      await lab.get(Menus).create(store, { title: 'Main menu', items: [] });
      const { blogId } = await lab.get(Blogs).create(store, { title: 'Journal' });
      await lab.get(Articles).create(store, blogId, { title: 'First' });
      const fields = [
        { key: 'text', name: 'Text', type: 'single_line_text_field', required: true },
      ];
      const kind = { type: 'review', name: 'Review', fields, displayField: null };
      await lab.get(MetaobjectDefinitions).create(store, kind);
      await lab.get(Metaobjects).create(store, { type: 'review', fields: { text: 'Good' } });
    }),
});
