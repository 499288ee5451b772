import {
  Body,
  Controller,
  Delete,
  Get,
  Inject,
  Param,
  Patch,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import {
  Answers,
  CurrentActor,
  IfMatch,
  Requires,
  Upload,
  type UploadedFile,
  versionTag,
} from '@platform/http';
import {
  liveTheme,
  publishInput,
  theme,
  themeList,
  themePatch,
  uploadQuery,
  uploadedTheme,
} from '../contract';
import { PublishTheme } from '../publish/publish-theme.service';
import { Themes } from '../themes.service';
import { BuildingFirst } from './building-first';
import { ReceiveTheme } from './receive-theme';

const id = z.uuid();

/** A store's themes: upload, look, publish, go back. */
@ApiTags('themes')
@Controller('stores/:storeId/themes')
export class ThemesController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Themes) private readonly themes: Themes,
    @Inject(PublishTheme) private readonly publishing: PublishTheme,
    @Inject(ReceiveTheme) private readonly uploads: ReceiveTheme,
    @Inject(BuildingFirst) private readonly building: BuildingFirst,
  ) {}

  @Get()
  @Requires('themes.view')
  @Answers(200, themeList)
  async list(@Param('storeId') storeId: string) {
    const items = await this.db.read(storeId, (store) => this.themes.list(store));
    return { items, nextCursor: null };
  }

  /** A zip becomes a new theme, or with `themeId` the next version of one. A theme with errors becomes nothing. */
  @Post()
  @Requires('themes.edit')
  @Answers(201, uploadedTheme)
  upload(
    @Param('storeId') storeId: string,
    @Query({ schema: uploadQuery }) target: z.output<typeof uploadQuery>,
    @Upload() file: UploadedFile,
    @CurrentActor() actor: Actor,
  ) {
    return this.uploads.receive({ storeId, actor }, file.path, target);
  }

  @Get(':themeId')
  @Requires('themes.view')
  @Answers(200, theme)
  async get(
    @Param('storeId') storeId: string,
    @Param('themeId', { schema: id }) themeId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const found = await this.db.read(storeId, (store) => this.themes.get(store, themeId));
    void reply.header('etag', versionTag(found.version));
    return found;
  }

  /** Gives a theme another name. */
  @Patch(':themeId')
  @Requires('themes.edit')
  @Answers(200, theme)
  rename(
    @Param('storeId') storeId: string,
    @Param('themeId', { schema: id }) themeId: string,
    @Body({ schema: themePatch }) { name, version }: z.output<typeof themePatch>,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ) {
    const seen = { ifMatch, version };
    return this.db.write(storeId, (store) => this.themes.rename(store, themeId, name, seen), {
      actor,
    });
  }

  /** Deletes a theme that is not live, with its versions and the previews of them. */
  @Delete(':themeId')
  @Requires('themes.edit')
  @Answers(204)
  delete(
    @Param('storeId') storeId: string,
    @Param('themeId', { schema: id }) themeId: string,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ) {
    return this.db.write(storeId, (store) => this.themes.delete(store, themeId, { ifMatch }), {
      actor,
    });
  }

  /** Makes the latest version live, or the one that is named. */
  @Post(':themeId/publish')
  @Requires('themes.publish')
  @Answers(200, liveTheme)
  publish(
    @Param('storeId') storeId: string,
    @Param('themeId', { schema: id }) themeId: string,
    @Body({ schema: publishInput }) input: z.output<typeof publishInput>,
    @CurrentActor() actor: Actor,
  ) {
    return this.building.run(storeId, () =>
      this.db.write(storeId, (store) => this.publishing.publish(store, themeId, input ?? {}), {
        actor,
      }),
    );
  }

  /** Makes live again what was live before this theme's version, or the version that is named. */
  @Post(':themeId/rollback')
  @Requires('themes.publish')
  @Answers(200, liveTheme)
  rollback(
    @Param('storeId') storeId: string,
    @Param('themeId', { schema: id }) themeId: string,
    @Body({ schema: publishInput }) input: z.output<typeof publishInput>,
    @CurrentActor() actor: Actor,
  ) {
    return this.building.run(storeId, () =>
      this.db.write(storeId, (store) => this.publishing.rollback(store, themeId, input ?? {}), {
        actor,
      }),
    );
  }
}
