import { Body, Controller, Delete, Get, Inject, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, CurrentActor, Requires } from '@platform/http';
import { hostname, hostnameInput, hostnameList, type HostnameView } from '../contract';
import { Hostnames } from '../hostnames.service';

const id = z.uuid();

/** Hostnames of a store: connect, look, check again, choose the primary one, remove. */
@Controller('stores/:storeId/hostnames')
export class HostnamesController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Hostnames) private readonly hostnames: Hostnames,
  ) {}

  @Post()
  @Requires('domains.manage')
  @Answers(201, hostname)
  connect(
    @Param('storeId', { schema: id }) storeId: string,
    @Body({ schema: hostnameInput }) body: z.infer<typeof hostnameInput>,
    @CurrentActor() actor: Actor,
  ): Promise<HostnameView> {
    return this.db.write(storeId, (store) => this.hostnames.connectHostname(store, body.hostname), {
      actor,
    });
  }

  @Get()
  @Requires('domains.view')
  @Answers(200, hostnameList)
  async list(
    @Param('storeId', { schema: id }) storeId: string,
  ): Promise<z.infer<typeof hostnameList>> {
    const items = await this.db.read(storeId, (store) => this.hostnames.listHostnames(store));
    return { items, nextCursor: null };
  }

  @Get(':hostnameId')
  @Requires('domains.view')
  @Answers(200, hostname)
  get(
    @Param('storeId', { schema: id }) storeId: string,
    @Param('hostnameId', { schema: id }) hostnameId: string,
  ): Promise<HostnameView> {
    return this.db.read(storeId, (store) => this.hostnames.getHostname(store, hostnameId));
  }

  @Post(':hostnameId/check')
  @Requires('domains.manage')
  @Answers(202, hostname)
  check(
    @Param('storeId', { schema: id }) storeId: string,
    @Param('hostnameId', { schema: id }) hostnameId: string,
    @CurrentActor() actor: Actor,
  ): Promise<HostnameView> {
    return this.db.write(storeId, (store) => this.hostnames.requestCheck(store, hostnameId), {
      actor,
    });
  }

  @Post(':hostnameId/primary')
  @Requires('domains.manage')
  @Answers(200, hostname)
  makePrimary(
    @Param('storeId', { schema: id }) storeId: string,
    @Param('hostnameId', { schema: id }) hostnameId: string,
    @CurrentActor() actor: Actor,
  ): Promise<HostnameView> {
    return this.db.write(storeId, (store) => this.hostnames.makePrimary(store, hostnameId), {
      actor,
    });
  }

  @Delete(':hostnameId')
  @Requires('domains.manage')
  @Answers(204)
  async disconnect(
    @Param('storeId', { schema: id }) storeId: string,
    @Param('hostnameId', { schema: id }) hostnameId: string,
    @CurrentActor() actor: Actor,
  ): Promise<void> {
    await this.db.write(storeId, (store) => this.hostnames.disconnectHostname(store, hostnameId), {
      actor,
    });
  }
}
