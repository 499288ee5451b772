import type { DemoApi } from './demo-api';

interface Menu {
  id: string;
  handle: string;
  version: number;
}

/** What the demo's menus list; a new store has both, with fewer entries. */
const menus: Record<string, { title: string; link: string; items: [] }[]> = {
  'main-menu': [
    { title: 'Shop all', link: '/collections/all', items: [] },
    { title: 'Vases & jars', link: '/collections/vases-and-jars', items: [] },
    { title: 'Tableware', link: '/collections/tableware', items: [] },
    { title: 'Linen & light', link: '/collections/linen-and-light', items: [] },
    { title: 'Journal', link: '/blogs/journal', items: [] },
  ],
  footer: [
    { title: 'All collections', link: '/collections', items: [] },
    { title: 'About us', link: '/pages/about', items: [] },
    { title: 'Journal', link: '/blogs/journal', items: [] },
    { title: 'Contact', link: '/pages/contact', items: [] },
    { title: 'Search', link: '/search', items: [] },
  ],
};

/** Fills the menus of the demo store. @throws ApiRefusal */
export async function setMenus(api: DemoApi, storeId: string): Promise<void> {
  const path = `/stores/${storeId}/menus`;
  const { items } = await api.get<{ items: Menu[] }>(path);
  for (const [handle, entries] of Object.entries(menus)) {
    const menu = items.find((candidate) => candidate.handle === handle);
    if (menu) {
      await api.patch(`${path}/${menu.id}`, { items: entries, version: menu.version });
    } else {
      await api.post(path, { handle, title: handle, items: entries });
    }
  }
}
