import { Body, Controller, Get, Inject, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, CurrentActor, Requires } from '@platform/http';
import { policiesInput, policyList } from '../contract';
import { Pages } from '../pages.service';

/** Which pages are a store's terms, privacy notice, refund and shipping policies and imprint. */
@ApiTags('content')
@Controller('stores/:storeId/policies')
export class PoliciesController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Pages) private readonly pages: Pages,
  ) {}

  @Get()
  @Requires('content.view')
  @Answers(200, policyList)
  async list(@Param('storeId') storeId: string) {
    const items = await this.db.read(storeId, (store) => this.pages.policies(store));
    return { items, nextCursor: null };
  }

  @Put()
  @Requires('content.edit')
  @Answers(200, policyList)
  async set(
    @Param('storeId') storeId: string,
    @Body({ schema: policiesInput }) input: z.output<typeof policiesInput>,
    @CurrentActor() actor: Actor,
  ) {
    const items = await this.db.write(storeId, (store) => this.pages.setPolicies(store, input), {
      actor,
    });
    return { items, nextCursor: null };
  }
}
