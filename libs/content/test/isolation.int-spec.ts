import { ContentModule, Menus, Pages } from '@libs/content';
import { isolationSuite } from '@testing';

isolationSuite({
  modules: [ContentModule],
  tables: ['pages', 'menus'],
  seed: (lab, storeId) =>
    lab.db.write(storeId, async (store) => {
      await lab.get(Pages).create(store, { title: 'About us' });
      await lab.get(Menus).create(store, { title: 'Main menu', items: [] });
    }),
});
