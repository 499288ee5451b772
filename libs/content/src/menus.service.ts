import { Inject, Injectable } from '@nestjs/common';
import slugify from '@sindresorhus/slugify';
import { type Clock, newId } from '@libs/kernel';
import { CLOCK } from '@libs/platform';
import type { StoreReader, StoreWriter } from '@platform/database';
import { checkVersion } from '@platform/http';
import { contentErrors } from './content.errors';
import { MenuChanged } from './content.events';
import { MenuEntity, type MenuItem } from './menu.entity';
import { checkMenuItems } from './menu-items';
import type { Seen } from './pages.service';

/** What a merchant gives for a menu. */
export interface MenuInput {
  title: string;
  handle?: string;
  items: MenuItem[];
}

/** Menus: trees of links that a theme prints. */
@Injectable()
export class Menus {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** Every menu of the store; a store has few. */
  list(store: StoreReader): Promise<MenuEntity[]> {
    return store.rows(MenuEntity).find({}, { order: { handle: 'ASC' }, take: 200 });
  }

  /** @throws content.menu-not-found */
  async get(store: StoreReader, menuId: string): Promise<MenuEntity> {
    const menu = await store.rows(MenuEntity).findOne({ menuId });
    if (!menu) throw contentErrors.error('menu-not-found');
    return menu;
  }

  /** @throws content.handle-taken, content.bad-link, content.menu-too-deep */
  async create(store: StoreWriter, input: MenuInput): Promise<MenuEntity> {
    const menuId = newId();
    const handle = slugify(input.handle ?? input.title) || `menu-${menuId.slice(-12)}`;
    if (await store.rows(MenuEntity).findOne({ handle })) {
      throw contentErrors.error('handle-taken', { handle }, { field: 'handle' });
    }
    await store.rows(MenuEntity).insert({
      menuId,
      handle,
      title: input.title,
      items: checkMenuItems(input.items),
      createdAt: this.clock.now(),
      version: 1,
    });
    this.tell(store, 'menu.created', menuId, handle, { after: { title: input.title } });
    return this.get(store, menuId);
  }

  /** @throws content.menu-not-found, content.bad-link, http.version-conflict, http.version-mismatch */
  async update(
    store: StoreWriter,
    menuId: string,
    patch: Partial<Omit<MenuInput, 'handle'>>,
    seen: Seen,
  ): Promise<MenuEntity> {
    const before = await this.get(store, menuId);
    checkVersion(before.version, seen);
    const changed = await store.rows(MenuEntity).update(
      { menuId, version: before.version },
      {
        ...(patch.title === undefined ? {} : { title: patch.title }),
        ...(patch.items === undefined ? {} : { items: checkMenuItems(patch.items) }),
        version: before.version + 1,
      },
    );
    if (changed === 0) checkVersion(before.version + 1, { version: before.version });
    const after = await this.get(store, menuId);
    this.tell(store, 'menu.updated', menuId, before.handle, {
      before: { title: before.title, items: before.items },
      after: { title: after.title, items: after.items },
    });
    return after;
  }

  /** @throws content.menu-not-found */
  async delete(store: StoreWriter, menuId: string): Promise<void> {
    const { handle, title, items } = await this.get(store, menuId);
    await store.rows(MenuEntity).delete({ menuId });
    this.tell(store, 'menu.deleted', menuId, handle, { before: { title, items } });
  }

  // oxlint-disable-next-line max-params -- one line of the log and one event, told in one breath
  private tell(
    store: StoreWriter,
    action: string,
    menuId: string,
    handle: string,
    values: { before?: Record<string, unknown>; after?: Record<string, unknown> },
  ): void {
    store.record({ action, target: { kind: 'menu', id: menuId }, ...values });
    store.publish(MenuChanged, { menuId, handle });
  }
}
