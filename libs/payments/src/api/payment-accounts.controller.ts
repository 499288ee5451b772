import { Body, Controller, Get, Inject, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, CurrentActor, IfMatch, Requires, versionTag } from '@platform/http';
import {
  paymentAccount,
  paymentAccountInput,
  paymentAccountList,
  paymentAccountPatch,
  type PaymentAccountView,
} from '../contract';
import { PaymentAccounts } from '../accounts/payment-accounts.service';

const id = z.uuid();

/** A store's accounts with payment providers. */
@ApiTags('payments')
@Controller('stores/:storeId/payment-accounts')
export class PaymentAccountsController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(PaymentAccounts) private readonly accounts: PaymentAccounts,
  ) {}

  @Get()
  @Requires('settings.view')
  @Answers(200, paymentAccountList)
  async list(@Param('storeId', { schema: id }) storeId: string) {
    const items = await this.db.read(storeId, (store) => this.accounts.list(store));
    return { items, nextCursor: null };
  }

  @Post()
  @Requires('payments.manage')
  @Answers(201, paymentAccount)
  create(
    @Param('storeId', { schema: id }) storeId: string,
    @Body({ schema: paymentAccountInput }) input: z.output<typeof paymentAccountInput>,
    @CurrentActor() actor: Actor,
  ): Promise<PaymentAccountView> {
    return this.db.write(storeId, (store) => this.accounts.create(store, input), { actor });
  }

  @Get(':accountId')
  @Requires('settings.view')
  @Answers(200, paymentAccount)
  async get(
    @Param('storeId', { schema: id }) storeId: string,
    @Param('accountId', { schema: id }) accountId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PaymentAccountView> {
    const found = await this.db.read(storeId, (store) => this.accounts.get(store, accountId));
    void reply.header('etag', versionTag(found.version));
    return found;
  }

  @Patch(':accountId')
  @Requires('payments.manage')
  @Answers(200, paymentAccount)
  update(
    @Param('storeId', { schema: id }) storeId: string,
    @Param('accountId', { schema: id }) accountId: string,
    @Body({ schema: paymentAccountPatch }) patch: z.output<typeof paymentAccountPatch>,
    @CurrentActor() actor: Actor,
    @IfMatch() ifMatch: string | undefined,
  ): Promise<PaymentAccountView> {
    return this.db.write(
      storeId,
      (store) => this.accounts.update(store, accountId, patch, ifMatch),
      { actor },
    );
  }
}
