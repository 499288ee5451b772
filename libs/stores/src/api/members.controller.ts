import { Body, Controller, Delete, Get, Inject, Param, Patch, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { decodeCursor, toPage } from '@libs/kernel';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, CurrentActor, Requires, pageQuery } from '@platform/http';
import type { Access } from '../access/access.queries';
import { memberList, memberPatch } from '../contract';
import { Members } from '../members.service';
import { CurrentAccess } from './current-access';

const id = z.uuid();

/** The people of an organization. */
@ApiTags('organizations')
@Controller('organizations/:organizationId/members')
@Requires('org.members')
export class MembersController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Members) private readonly members: Members,
  ) {}

  @Get()
  @Answers(200, memberList)
  async list(
    @Param('organizationId') organizationId: string,
    @Query({ schema: pageQuery }) { limit, cursor }: z.output<typeof pageQuery>,
  ) {
    const after = cursor === undefined ? null : (decodeCursor(cursor, 1)[0] as string);
    const rows = await this.db.outsideStores((tx) =>
      this.members.list(tx, organizationId, { limit: limit + 1, after }),
    );
    return toPage(rows, limit, ({ userId }) => [userId]);
  }

  @Patch(':userId')
  @Answers(204)
  async change(
    @CurrentAccess() access: Access,
    @CurrentActor() actor: Actor,
    @Param('userId', { schema: id }) userId: string,
    @Body({ schema: memberPatch }) patch: z.output<typeof memberPatch>,
  ): Promise<void> {
    await this.db.acrossStores('check which stores a member gets', (tx) =>
      this.members.checkStores(tx, access, patch.storeIds),
    );
    await this.db.outsideStores((tx) => this.members.change(tx, access, userId, patch), { actor });
  }

  @Delete(':userId')
  @Answers(204)
  async remove(
    @CurrentAccess() access: Access,
    @CurrentActor() actor: Actor,
    @Param('userId', { schema: id }) userId: string,
  ): Promise<void> {
    await this.db.outsideStores((tx) => this.members.remove(tx, access, userId), { actor });
  }
}
