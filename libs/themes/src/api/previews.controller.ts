import { Body, Controller, Delete, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Stores } from '@libs/stores';
import type { Actor } from '@platform/audit';
import { CONFIG, type Config } from '@platform/config';
import { Db } from '@platform/database';
import { Answers, CurrentActor, Requires } from '@platform/http';
import { newThemePreview, themePreviewInput, themePreviewList } from '../contract';
import { ThemePreviews } from '../previews/theme-previews.service';
import { BuildingFirst } from './building-first';
import { systemOrigin } from './system-origin';

/** Links to theme versions that are not live. */
@ApiTags('themes')
@Controller('stores/:storeId/theme-previews')
export class PreviewsController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Db) private readonly db: Db,
    @Inject(Stores) private readonly stores: Stores,
    @Inject(ThemePreviews) private readonly previews: ThemePreviews,
    @Inject(BuildingFirst) private readonly building: BuildingFirst,
  ) {}

  @Get()
  @Requires('themes.view')
  @Answers(200, themePreviewList)
  async list(@Param('storeId') storeId: string) {
    const items = await this.db.read(storeId, (store) => this.previews.list(store));
    return { items, nextCursor: null };
  }

  /** Opens a preview of a version; without one, of the store's data for a theme on a developer's machine. */
  @Post()
  @Requires('themes.edit')
  @Answers(201, newThemePreview)
  open(
    @Param('storeId') storeId: string,
    @Body({ schema: themePreviewInput }) input: z.output<typeof themePreviewInput>,
    @CurrentActor() actor: Actor,
  ) {
    const open = () =>
      this.db.write(
        storeId,
        async (store) => {
          const preview = await this.previews.open(store, input);
          const { handle } = await this.stores.get(store);
          const origin = systemOrigin(handle, this.config);
          const query = new URLSearchParams({ token: preview.token });
          const url =
            preview.themeVersionId === null ? null : `${origin}/_caravel/preview?${String(query)}`;
          return { ...preview, origin, url };
        },
        { actor },
      );
    return this.building.run(storeId, open);
  }

  /** Ends a preview at once. */
  @Delete(':previewId')
  @Requires('themes.edit')
  @Answers(204)
  end(
    @Param('storeId') storeId: string,
    @Param('previewId', { schema: z.uuid() }) previewId: string,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.previews.end(store, previewId), { actor });
  }
}
