import { contentErrors } from './content.errors';
import type { MenuItem } from './menu.entity';

const deepest = 3;
/** As many as a mega menu needs; every one is printed on every page. */
const mostEntries = 200;
const safeLink = /^(\/(?!\/)|https?:\/\/[^\s/]|mailto:|tel:|#)\S*$/i;

/**
 * Checks a menu's entries: depth, number, and links that cannot run script.
 * @throws content.menu-too-deep, content.menu-too-long, content.bad-link with the entry's path
 */
export function checkMenuItems(items: MenuItem[]): MenuItem[] {
  let count = 0;
  const check = (list: MenuItem[], depth: number, path: string): void => {
    if (depth > deepest && list.length > 0) {
      throw contentErrors.error('menu-too-deep', {}, { field: path });
    }
    list.forEach((item, index) => {
      const field = `${path}.${index}`;
      count += 1;
      if (count > mostEntries) {
        throw contentErrors.error('menu-too-long', { limit: mostEntries }, { field });
      }
      if (!safeLink.test(item.link)) {
        throw contentErrors.error('bad-link', { link: item.link }, { field: `${field}.link` });
      }
      check(item.items, depth + 1, `${field}.items`);
    });
  };
  check(items, 1, 'items');
  return items;
}
