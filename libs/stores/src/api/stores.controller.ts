import { Body, Controller, Get, Inject, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { Accounts } from '@libs/identity';
import { decodeCursor, newId, toPage } from '@libs/kernel';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import {
  Answers,
  type ApiRequest,
  CurrentActor,
  IfMatch,
  Requires,
  httpErrors,
  pageQuery,
  versionTag,
} from '@platform/http';
import { findOrganizationAccess, listMyStores } from '../access/access.queries';
import { me, myStoreList, store, storeInput, storePatch } from '../contract';
import { Organizations } from '../organizations.service';
import { Stores } from '../stores.service';
import { storesErrors } from '../stores.errors';

/** A person's stores. */
@ApiTags('stores')
@Controller()
export class StoresController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Accounts) private readonly accounts: Accounts,
    @Inject(Organizations) private readonly organizations: Organizations,
    @Inject(Stores) private readonly stores: Stores,
  ) {}

  @Get('me')
  @Answers(200, me)
  me(@CurrentActor() actor: Actor) {
    const userId = actor.userId as string;
    return this.db.outsideStores(async (tx) => ({
      user: await this.accounts.find(tx, userId),
      organizations: await this.organizations.listOf(tx, userId),
    }));
  }

  @Get('stores')
  @Answers(200, myStoreList)
  async list(
    @CurrentActor() actor: Actor,
    @Query({ schema: pageQuery }) { limit, cursor }: z.output<typeof pageQuery>,
  ) {
    const after = cursor === undefined ? null : (decodeCursor(cursor, 1)[0] as string);
    const rows = await this.db.acrossStores('list the stores of a member', (tx) =>
      listMyStores(tx, actor.userId as string, { limit: limit + 1, after }),
    );
    return toPage(rows, limit, ({ id }) => [id]);
  }

  @Post('stores')
  @Answers(201, store)
  create(
    @CurrentActor() actor: Actor,
    @Req() { scopes }: ApiRequest,
    @Body({ schema: storeInput }) input: z.output<typeof storeInput>,
  ) {
    const { organizationId, ...settings } = input;
    return this.db.write(
      newId(),
      async (writer) => {
        const access = await findOrganizationAccess(writer, actor.userId as string, organizationId);
        if (!access)
          throw storesErrors.error('organization-not-found', {}, { field: 'organizationId' });
        const inScope = scopes?.includes('org.stores') ?? true;
        if (!inScope || !access.permissions.includes('org.stores')) {
          throw httpErrors.error('forbidden', { permission: 'org.stores' });
        }
        return this.stores.create(writer, organizationId, settings);
      },
      { actor },
    );
  }

  @Get('stores/:storeId')
  @Requires('store.view')
  @Answers(200, store)
  async get(@Param('storeId') storeId: string, @Res({ passthrough: true }) reply: FastifyReply) {
    const found = await this.db.read(storeId, (reader) => this.stores.get(reader));
    void reply.header('etag', versionTag(found.version));
    return found;
  }

  @Patch('stores/:storeId')
  @Requires('settings.edit')
  @Answers(200, store)
  update(
    @Param('storeId') storeId: string,
    @Body({ schema: storePatch }) { version, ...patch }: z.output<typeof storePatch>,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ) {
    return this.db.write(
      storeId,
      (writer) => this.stores.update(writer, patch, { ifMatch, version }),
      { actor },
    );
  }
}
