import type { MenuEntity } from '../menu.entity';
import type { PageEntity } from '../page.entity';

/** A page as the API answers it. */
export function pageView({ storeId: _, pageId, ...rest }: PageEntity) {
  return { id: pageId, ...rest };
}

/** A menu as the API answers it. */
export function menuView({ storeId: _, menuId, ...rest }: MenuEntity) {
  return { id: menuId, ...rest };
}
