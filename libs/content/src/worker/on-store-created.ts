import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { StoreCreated } from '@libs/stores';
import { Db } from '@platform/database';
import { type EventHandler, HandlesEvent } from '@platform/outbox';
import { MenuEntity } from '../menu.entity';
import { Menus } from '../menus.service';

/** Gives a new store the two menus that every theme asks for. */
@Injectable()
@HandlesEvent(StoreCreated)
export class OnStoreCreated implements EventHandler<typeof StoreCreated> {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Menus) private readonly menus: Menus,
  ) {}

  async handle({ storeId }: z.output<typeof StoreCreated.payload>): Promise<void> {
    await this.db.write(storeId, async (store) => {
      for (const menu of defaultMenus) {
        const known = await store.rows(MenuEntity).findOne({ handle: menu.handle });
        if (!known) await this.menus.create(store, menu);
      }
    });
  }
}

const defaultMenus = [
  {
    handle: 'main-menu',
    title: 'Main menu',
    items: [
      { title: 'Home', link: '/', items: [] },
      { title: 'Catalog', link: '/collections/all', items: [] },
    ],
  },
  {
    handle: 'footer',
    title: 'Footer menu',
    items: [{ title: 'Search', link: '/search', items: [] }],
  },
];
