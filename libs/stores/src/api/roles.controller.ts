import { Body, Controller, Delete, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, CurrentActor, Requires } from '@platform/http';
import type { Access } from '../access/access.queries';
import { role, roleInput, roleList } from '../contract';
import { Roles } from '../roles.service';
import { CurrentAccess } from './current-access';

const id = z.uuid();

/** The roles of an organization. */
@ApiTags('organizations')
@Controller('organizations/:organizationId/roles')
@Requires('org.members')
export class RolesController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Roles) private readonly roles: Roles,
  ) {}

  @Get()
  @Answers(200, roleList)
  async list(@Param('organizationId') organizationId: string) {
    const items = await this.db.outsideStores((tx) => this.roles.list(tx, organizationId));
    return { items, nextCursor: null };
  }

  @Post()
  @Answers(201, role)
  create(
    @CurrentAccess() access: Access,
    @CurrentActor() actor: Actor,
    @Body({ schema: roleInput }) input: z.output<typeof roleInput>,
  ) {
    return this.db.outsideStores((tx) => this.roles.create(tx, access, input), { actor });
  }

  @Delete(':roleId')
  @Answers(204)
  async delete(
    @CurrentAccess() { organizationId }: Access,
    @CurrentActor() actor: Actor,
    @Param('roleId', { schema: id }) roleId: string,
  ): Promise<void> {
    await this.db.outsideStores((tx) => this.roles.delete(tx, organizationId, roleId), { actor });
  }
}
