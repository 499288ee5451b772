import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Db } from '@platform/database';
import { Answers, Requires } from '@platform/http';
import { themeProblemList } from '../contract';
import { ThemeProblems } from '../problems/theme-problems.service';
import { Themes } from '../themes.service';

/** What failed in pages that were made of a theme. */
@ApiTags('themes')
@Controller('stores/:storeId/themes/:themeId/problems')
export class ThemeProblemsController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Themes) private readonly themes: Themes,
    @Inject(ThemeProblems) private readonly problems: ThemeProblems,
  ) {}

  /** The last hundred kinds of failures, those seen last first, of live pages and of previews. */
  @Get()
  @Requires('themes.view')
  @Answers(200, themeProblemList)
  async list(
    @Param('storeId') storeId: string,
    @Param('themeId', { schema: z.uuid() }) themeId: string,
  ) {
    const items = await this.db.read(storeId, async (store) => {
      await this.themes.get(store, themeId);
      return this.problems.list(store, themeId);
    });
    return { items, nextCursor: null };
  }
}
