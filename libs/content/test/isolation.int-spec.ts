import { Articles, Blogs, ContentModule, Menus, Pages } from '@libs/content';
import { isolationSuite } from '@testing';

isolationSuite({
  modules: [ContentModule],
  tables: ['pages', 'menus', 'blogs', 'articles'],
  seed: (lab, storeId) =>
    lab.db.write(storeId, async (store) => {
      await lab.get(Pages).create(store, { title: 'About us' });
      await lab.get(Menus).create(store, { title: 'Main menu', items: [] });
      const { blogId } = await lab.get(Blogs).create(store, { title: 'Journal' });
      await lab.get(Articles).create(store, blogId, { title: 'First' });
    }),
});
