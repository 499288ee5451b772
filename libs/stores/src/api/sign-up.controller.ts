import { Body, Controller, Inject, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Accounts, Sessions } from '@libs/identity';
import { newId } from '@libs/kernel';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import { Answers, type ApiRequest, Public, RateLimit } from '@platform/http';
import { signUpInput, signedUp } from '../contract';
import { Organizations } from '../organizations.service';
import { Stores } from '../stores.service';

/** How a merchant begins: person, organization and store in one step, all or nothing. */
@ApiTags('stores')
@Controller('sign-up')
@Public()
export class SignUpController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Accounts) private readonly accounts: Accounts,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(Organizations) private readonly organizations: Organizations,
    @Inject(Stores) private readonly stores: Stores,
  ) {}

  @Post()
  @RateLimit({ name: 'sign-up', limit: 20, perSeconds: 3600 })
  @Answers(201, signedUp)
  signUp(
    @Body({ schema: signUpInput }) input: z.output<typeof signUpInput>,
    @Req() request: ApiRequest,
  ) {
    const storeId = newId();
    const actor: Actor = { kind: 'user', userId: null, label: input.email.toLowerCase() };
    return this.db.write(
      storeId,
      async (store) => {
        const user = await this.accounts.register(store, { ...input, locale: input.store.locale });
        const organization = await this.organizations.found(store, input.store.name, user.id);
        const created = await this.stores.create(store, organization.id, input.store);
        const token = await this.sessions.open(store, user.id, {
          userAgent: request.headers['user-agent'],
          ip: request.ip,
        });
        return { token, organization, store: created };
      },
      { actor },
    );
  }
}
