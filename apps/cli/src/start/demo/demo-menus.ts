import type { DemoApi } from './demo-api';

interface Menu {
  menuId: string;
  handle: string;
}

const menus = [
  {
    handle: 'main-menu',
    title: 'Main menu',
    items: [
      { title: 'Home', link: '/', items: [] },
      { title: 'All products', link: '/collections/all', items: [] },
      { title: 'Search', link: '/search', items: [] },
    ],
  },
  {
    handle: 'footer',
    title: 'Footer',
    items: [
      { title: 'All products', link: '/collections/all', items: [] },
      { title: 'Search', link: '/search', items: [] },
    ],
  },
];

/** Gives the demo store its menus, leaving alone any that is there. @throws ApiRefusal */
export async function setMenus(api: DemoApi, storeId: string): Promise<void> {
  const path = `/stores/${storeId}/menus`;
  const { items } = await api.get<{ items: Menu[] }>(path);
  const there = new Set(items.map(({ handle }) => handle));
  for (const menu of menus) if (!there.has(menu.handle)) await api.post(path, menu);
}
