import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { decodeCursor, toPage } from '@libs/kernel';
import { Db } from '@platform/database';
import { Answers, pageQuery, Requires } from '@platform/http';
import { listFaults } from '../checks/store-faults.queries';
import { storeFaultList } from '../contract';

/** What the clock found when it compared a store's sums with the rows that they follow from. */
@ApiTags('stores')
@Controller('stores/:storeId/faults')
export class StoreFaultsController {
  constructor(@Inject(Db) private readonly db: Db) {}

  @Get()
  @Requires('orders.view')
  @Answers(200, storeFaultList)
  async list(
    @Param('storeId', { schema: z.uuid() }) storeId: string,
    @Query({ schema: pageQuery }) { limit, cursor }: z.output<typeof pageQuery>,
  ) {
    const after = cursor === undefined ? null : (decodeCursor(cursor, 2) as [string, string]);
    const rows = await this.db.read(storeId, (store) =>
      listFaults(store, { limit: limit + 1, after }),
    );
    const page = toPage(rows, limit, ({ confirmedAt, key }) => [
      confirmedAt?.toISOString() ?? null,
      key,
    ]);
    return { ...page, items: page.items.map(({ key: _, ...fault }) => fault) };
  }
}
