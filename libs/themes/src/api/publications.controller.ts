import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { decodeCursor, toPage } from '@libs/kernel';
import { Db } from '@platform/database';
import { Answers, Requires, pageQuery } from '@platform/http';
import { publicationList } from '../contract';
import { PublishTheme } from '../publish/publish-theme.service';

/** Who published which theme, and when. */
@ApiTags('themes')
@Controller('stores/:storeId/theme-publications')
export class PublicationsController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(PublishTheme) private readonly publishing: PublishTheme,
  ) {}

  @Get()
  @Requires('themes.view')
  @Answers(200, publicationList)
  async list(
    @Param('storeId') storeId: string,
    @Query({ schema: pageQuery }) { limit, cursor }: z.output<typeof pageQuery>,
  ) {
    const before = cursor === undefined ? null : (decodeCursor(cursor, 1)[0] as string);
    const rows = await this.db.read(storeId, (store) =>
      this.publishing.history(store, { limit: limit + 1, before }),
    );
    return toPage(rows, limit, ({ publicationId }) => [publicationId]);
  }
}
