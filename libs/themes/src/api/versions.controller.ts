import { Controller, Get, Inject, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { decodeCursor, toPage } from '@libs/kernel';
import { Db } from '@platform/database';
import { Answers, Requires, pageQuery } from '@platform/http';
import { themeVersionDetail, themeVersionList } from '../contract';
import { ThemeFileKeeper } from '../theme-file-keeper.service';
import type { ThemeVersionEntity } from '../theme-version.entity';
import { Themes } from '../themes.service';

const id = z.uuid();

/** The sealed versions of a theme. */
@ApiTags('themes')
@Controller('stores/:storeId/themes/:themeId/versions')
export class VersionsController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Themes) private readonly themes: Themes,
    @Inject(ThemeFileKeeper) private readonly files: ThemeFileKeeper,
  ) {}

  @Get()
  @Requires('themes.view')
  @Answers(200, themeVersionList)
  async list(
    @Param('storeId') storeId: string,
    @Param('themeId', { schema: id }) themeId: string,
    @Query({ schema: pageQuery }) { limit, cursor }: z.output<typeof pageQuery>,
  ) {
    const before = cursor === undefined ? null : Number(decodeCursor(cursor, 1)[0]);
    const rows = await this.db.read(storeId, (store) =>
      this.themes.listVersions(store, themeId, { limit: limit + 1, before }),
    );
    return toPage(rows, limit, ({ n }) => [n]);
  }

  @Get(':versionId')
  @Requires('themes.view')
  @Answers(200, themeVersionDetail)
  async get(
    @Param('storeId') storeId: string,
    @Param('themeId', { schema: id }) themeId: string,
    @Param('versionId', { schema: id }) versionId: string,
  ) {
    const { meta, manifest, n, compiler, findings, createdAt, createdBy } = await this.find(
      storeId,
      themeId,
      versionId,
    );
    const files = Object.entries(manifest).map(([path, { hash, size, mime }]) => ({
      path,
      hash,
      size,
      mime,
    }));
    const { version: themeVersion, locales } = meta;
    const known = { versionId, n, themeVersion, compiler, locales, createdAt, createdBy };
    return { ...known, files, findings };
  }

  /** The sources as they were uploaded, as a zip. */
  @Get(':versionId/archive')
  @Requires('themes.view')
  async archive(
    @Param('storeId') storeId: string,
    @Param('themeId', { schema: id }) themeId: string,
    @Param('versionId', { schema: id }) versionId: string,
  ): Promise<StreamableFile> {
    const version = await this.find(storeId, themeId, versionId);
    return new StreamableFile(this.files.archive(version), {
      type: 'application/zip',
      disposition: `attachment; filename="theme-${version.n}.zip"`,
    });
  }

  private find(storeId: string, themeId: string, versionId: string): Promise<ThemeVersionEntity> {
    return this.db.read(storeId, (store) => this.themes.getVersion(store, themeId, versionId));
  }
}
