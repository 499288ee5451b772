import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { decodeCursor, toPage } from '@libs/kernel';
import { Db } from '@platform/database';
import { Answers, pageQuery, Requires } from '@platform/http';
import { disputeList } from '../contract';
import { listDisputes } from '../disputes.queries';

/** What shoppers dispute at their banks. */
@ApiTags('payments')
@Controller('stores/:storeId/disputes')
export class DisputesController {
  constructor(@Inject(Db) private readonly db: Db) {}

  @Get()
  @Requires('orders.view')
  @Answers(200, disputeList)
  async list(
    @Param('storeId', { schema: z.uuid() }) storeId: string,
    @Query({ schema: pageQuery }) { limit, cursor }: z.output<typeof pageQuery>,
  ) {
    const after = cursor === undefined ? null : (decodeCursor(cursor, 2) as [string, string]);
    const rows = await this.db.read(storeId, (store) =>
      listDisputes(store, { limit: limit + 1, after }),
    );
    return toPage(rows, limit, ({ openedAt, id }) => [openedAt, id]);
  }
}
