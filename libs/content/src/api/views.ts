import type { ArticleEntity } from '../article.entity';
import type { BlogEntity } from '../blog.entity';
import type { MenuEntity } from '../menu.entity';
import type { PageEntity } from '../page.entity';

/** A page as the API answers it. */
export function pageView<Row extends PageEntity>({ storeId: _, pageId, ...rest }: Row) {
  return { id: pageId, ...rest };
}

/** A menu as the API answers it. */
export function menuView({ storeId: _, menuId, ...rest }: MenuEntity) {
  return { id: menuId, ...rest };
}

/** A blog as the API answers it. */
export function blogView({ storeId: _, blogId, ...rest }: BlogEntity) {
  return { id: blogId, ...rest };
}

/** An article as the API answers it. */
export function articleView<Row extends ArticleEntity>({ storeId: _, articleId, ...rest }: Row) {
  return { id: articleId, ...rest };
}
