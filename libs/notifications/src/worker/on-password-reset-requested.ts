import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Accounts, PasswordResetRequested } from '@libs/identity';
import { CONFIG, type Config } from '@platform/config';
import { Db } from '@platform/database';
import { Mailer } from '@platform/mail';
import { type EventHandler, HandlesEvent } from '@platform/outbox';
import { composeMail } from '../mails/compose-mail';

/** Mails the way back in. A second try makes a second token; both work, each once. */
@Injectable()
@HandlesEvent(PasswordResetRequested)
export class OnPasswordResetRequested implements EventHandler<typeof PasswordResetRequested> {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Db) private readonly db: Db,
    @Inject(Accounts) private readonly accounts: Accounts,
    @Inject(Mailer) private readonly mailer: Mailer,
  ) {}

  async handle({ userId }: z.output<typeof PasswordResetRequested.payload>): Promise<void> {
    const found = await this.db.outsideStores(async (tx) => {
      const user = await this.accounts.find(tx, userId);
      return user ? { user, token: await this.accounts.issueResetToken(tx, userId) } : null;
    });
    if (!found) return;
    const { user, token } = found;
    const mail = composeMail({
      name: 'password-reset',
      locale: user.locale,
      link: `${this.config.api.url}/admin/reset/${token}`,
      values: { name: user.name },
    });
    await this.mailer.send({ to: user.email, ...mail });
  }
}
