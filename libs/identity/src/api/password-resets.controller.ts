import { Body, Controller, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Db } from '@platform/database';
import { Answers, Public, RateLimit } from '@platform/http';
import { Accounts } from '../accounts.service';
import { passwordResetConfirmInput, passwordResetInput } from '../contract';
import { PasswordResetRequested } from '../identity.events';

/** A way back in for those who forgot a password. */
@ApiTags('identity')
@Controller('password-resets')
@Public()
export class PasswordResetsController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Accounts) private readonly accounts: Accounts,
  ) {}

  /** Answers the same whether or not the address has an account. */
  @Post()
  @RateLimit({ name: 'password-reset', limit: 5, perSeconds: 900, bodyField: 'email' })
  @Answers(202)
  async request(
    @Body({ schema: passwordResetInput }) { email }: z.output<typeof passwordResetInput>,
  ): Promise<void> {
    await this.db.outsideStores(async (tx) => {
      const user = await this.accounts.findByEmail(tx, email);
      if (user) tx.publish(PasswordResetRequested, { userId: user.id });
    });
  }

  @Post('confirm')
  @RateLimit({ name: 'password-reset-confirm', limit: 10, perSeconds: 900 })
  @Answers(204)
  async confirm(
    @Body({ schema: passwordResetConfirmInput })
    { token, password }: z.output<typeof passwordResetConfirmInput>,
  ): Promise<void> {
    await this.db.outsideStores(async (tx) => {
      const userId = await this.accounts.resetPassword(tx, token, password);
      tx.record({ action: 'password.reset', target: { kind: 'user', id: userId } });
    });
  }
}
