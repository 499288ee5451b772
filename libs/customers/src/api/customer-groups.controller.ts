import { Body, Controller, Delete, Get, Inject, Param, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, CurrentActor, IfMatch, Requires } from '@platform/http';
import {
  customerGroup,
  customerGroupInput,
  customerGroupList,
  customerGroupPatch,
  groupMembersInput,
} from '../contract';
import { CustomerGroups } from '../people/customer-groups.service';

const id = z.uuid();

/** Groups of a store's customers. */
@ApiTags('customers')
@Controller('stores/:storeId/customer-groups')
export class CustomerGroupsController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(CustomerGroups) private readonly groups: CustomerGroups,
  ) {}

  /** All of them: a store has at most 200. */
  @Get()
  @Requires('customers.view')
  @Answers(200, customerGroupList)
  async list(@Param('storeId') storeId: string) {
    const items = await this.db.read(storeId, (store) => this.groups.list(store));
    return { items, nextCursor: null };
  }

  @Post()
  @Requires('customers.edit')
  @Answers(201, customerGroup)
  create(
    @Param('storeId') storeId: string,
    @Body({ schema: customerGroupInput }) { name }: z.output<typeof customerGroupInput>,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.groups.create(store, name), { actor });
  }

  @Patch(':groupId')
  @Requires('customers.edit')
  @Answers(200, customerGroup)
  rename(
    @Param('storeId') storeId: string,
    @Param('groupId', { schema: id }) groupId: string,
    @Body({ schema: customerGroupPatch }) { name, version }: z.output<typeof customerGroupPatch>,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ) {
    const seen = { version, ifMatch };
    return this.db.write(storeId, (store) => this.groups.rename(store, groupId, name, seen), {
      actor,
    });
  }

  @Delete(':groupId')
  @Requires('customers.edit')
  @Answers(204)
  delete(
    @Param('storeId') storeId: string,
    @Param('groupId', { schema: id }) groupId: string,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.groups.delete(store, groupId), { actor });
  }

  /** Puts customers in and takes others out. */
  @Post(':groupId/members')
  @Requires('customers.edit')
  @Answers(200, customerGroup)
  changeMembers(
    @Param('storeId') storeId: string,
    @Param('groupId', { schema: id }) groupId: string,
    @Body({ schema: groupMembersInput }) input: z.output<typeof groupMembersInput>,
    @CurrentActor() actor: Actor,
  ) {
    const change = { add: input.addCustomerIds, remove: input.removeCustomerIds };
    return this.db.write(storeId, (store) => this.groups.changeMembers(store, groupId, change), {
      actor,
    });
  }
}
