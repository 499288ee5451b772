import { Controller, Delete, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { decodeIds, toPage } from '@libs/kernel';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, CurrentActor, Requires, pageQuery } from '@platform/http';
import { contactMessageList } from '../contract';
import { ContactMessages } from '../forms/contact-messages.service';

/** What shoppers wrote to a store. */
@ApiTags('customers')
@Controller('stores/:storeId/contact-messages')
export class ContactMessagesController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(ContactMessages) private readonly messages: ContactMessages,
  ) {}

  @Get()
  @Requires('customers.view')
  @Answers(200, contactMessageList)
  async list(
    @Param('storeId') storeId: string,
    @Query({ schema: pageQuery }) { limit, cursor }: z.output<typeof pageQuery>,
  ) {
    const [before = null] = decodeIds(cursor, 1);
    const rows = await this.db.read(storeId, (store) =>
      this.messages.list(store, { limit: limit + 1, before }),
    );
    return toPage(rows, limit, ({ id }) => [id]);
  }

  @Delete(':messageId')
  @Requires('customers.erase')
  @Answers(204)
  delete(
    @Param('storeId') storeId: string,
    @Param('messageId', { schema: z.uuid() }) messageId: string,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.messages.delete(store, messageId), { actor });
  }
}
