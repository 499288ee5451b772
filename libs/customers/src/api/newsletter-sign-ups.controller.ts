import { Controller, Delete, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { decodeIds, toPage } from '@libs/kernel';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, CurrentActor, Requires, pageQuery } from '@platform/http';
import { newsletterSignUpList } from '../contract';
import { NewsletterSignUps } from '../forms/newsletter-sign-ups.service';

/** Who asked for a store's newsletter. */
@ApiTags('customers')
@Controller('stores/:storeId/newsletter-sign-ups')
export class NewsletterSignUpsController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(NewsletterSignUps) private readonly signUps: NewsletterSignUps,
  ) {}

  @Get()
  @Requires('customers.view')
  @Answers(200, newsletterSignUpList)
  async list(
    @Param('storeId') storeId: string,
    @Query({ schema: pageQuery }) { limit, cursor }: z.output<typeof pageQuery>,
  ) {
    const [before = null] = decodeIds(cursor, 1);
    const rows = await this.db.read(storeId, (store) =>
      this.signUps.list(store, { limit: limit + 1, before }),
    );
    return toPage(rows, limit, ({ id }) => [id]);
  }

  @Delete(':signUpId')
  @Requires('customers.erase')
  @Answers(204)
  delete(
    @Param('storeId') storeId: string,
    @Param('signUpId', { schema: z.uuid() }) signUpId: string,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.signUps.delete(store, signUpId), { actor });
  }
}
