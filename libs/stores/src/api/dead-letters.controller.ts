import { Controller, Delete, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Db } from '@platform/database';
import { Answers, Requires, pageQuery } from '@platform/http';
import { DeadLetters } from '@platform/queue';
import { deadLetterList } from '../contract';
import { storesErrors } from '../stores.errors';

const id = z.uuid();

/** A store's jobs that failed too often: seen, retried or forgotten. */
@ApiTags('stores')
@Controller('stores/:storeId/dead-letters')
export class DeadLettersController {
  private readonly letters: DeadLetters;

  constructor(@Inject(Db) db: Db) {
    this.letters = new DeadLetters(db);
  }

  @Get()
  @Requires('settings.view')
  @Answers(200, deadLetterList)
  async list(
    @Param('storeId') storeId: string,
    @Query({ schema: pageQuery }) { limit, cursor }: z.output<typeof pageQuery>,
  ) {
    const { items, nextCursor } = await this.letters.list({ storeId, limit, cursor });
    return {
      items: items.map(({ jobId: letterId, ...rest }) => ({ id: letterId, ...rest })),
      nextCursor,
    };
  }

  @Post(':jobId/retry')
  @Requires('settings.edit')
  @Answers(202)
  async retry(
    @Param('storeId') storeId: string,
    @Param('jobId', { schema: id }) jobId: string,
  ): Promise<void> {
    const found = await this.letters.retry(jobId, storeId);
    if (!found) throw storesErrors.error('dead-letter-not-found');
  }

  @Delete(':jobId')
  @Requires('settings.edit')
  @Answers(204)
  async discard(
    @Param('storeId') storeId: string,
    @Param('jobId', { schema: id }) jobId: string,
  ): Promise<void> {
    const found = await this.letters.discard(jobId, storeId);
    if (!found) throw storesErrors.error('dead-letter-not-found');
  }
}
