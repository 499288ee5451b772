import { Body, Controller, Delete, Get, Inject, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, CurrentActor, IfMatch, Requires, versionTag } from '@platform/http';
import { menu, menuInput, menuList, menuPatch } from '../contract';
import { Menus } from '../menus.service';
import { menuView } from './views';

const id = z.uuid();

/** A store's menus. */
@ApiTags('content')
@Controller('stores/:storeId/menus')
export class MenusController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Menus) private readonly menus: Menus,
  ) {}

  @Get()
  @Requires('content.view')
  @Answers(200, menuList)
  async list(@Param('storeId') storeId: string) {
    const items = await this.db.read(storeId, (store) => this.menus.list(store));
    return { items: items.map(menuView), nextCursor: null };
  }

  @Post()
  @Requires('content.edit')
  @Answers(201, menu)
  create(
    @Param('storeId') storeId: string,
    @Body({ schema: menuInput }) input: z.output<typeof menuInput>,
    @CurrentActor() actor: Actor,
  ) {
    return this.db
      .write(storeId, (store) => this.menus.create(store, input), { actor })
      .then(menuView);
  }

  @Get(':menuId')
  @Requires('content.view')
  @Answers(200, menu)
  async get(
    @Param('storeId') storeId: string,
    @Param('menuId', { schema: id }) menuId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const found = await this.db.read(storeId, (store) => this.menus.get(store, menuId));
    void reply.header('etag', versionTag(found.version));
    return menuView(found);
  }

  @Patch(':menuId')
  @Requires('content.edit')
  @Answers(200, menu)
  update(
    @Param('storeId') storeId: string,
    @Param('menuId', { schema: id }) menuId: string,
    @Body({ schema: menuPatch }) { version, ...patch }: z.output<typeof menuPatch>,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ) {
    const seen = { ifMatch, version };
    return this.db
      .write(storeId, (store) => this.menus.update(store, menuId, patch, seen), { actor })
      .then(menuView);
  }

  @Delete(':menuId')
  @Requires('content.edit')
  @Answers(204)
  delete(
    @Param('storeId') storeId: string,
    @Param('menuId', { schema: id }) menuId: string,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.menus.delete(store, menuId), { actor });
  }
}
