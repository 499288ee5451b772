import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { afterSales } from '@libs/orders';
import { CONFIG, type Config } from '@platform/config';
import { Db } from '@platform/database';
import { Mailer } from '@platform/mail';
import { type EventHandler, HandlesEvent, type JobContext } from '@platform/outbox';
import { layMail } from '../mails/compose-mail';
import { type WithdrawalMailName, withdrawalMailText } from '../mails/withdrawal-mails';
import { StorefrontAddress } from './storefront-address';

const { WithdrawalReceived, WithdrawalRejected, Withdrawals } = afterSales;
type Withdrawals = InstanceType<typeof Withdrawals>;

/** Mails whoever declared a withdrawal. */
@Injectable()
export class WithdrawalMailer {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Db) private readonly db: Db,
    @Inject(Withdrawals) private readonly withdrawals: Withdrawals,
    @Inject(StorefrontAddress) private readonly address: StorefrontAddress,
    @Inject(Mailer) private readonly mailer: Mailer,
  ) {}

  /** Sends a mail about a withdrawal; the same one sent again shows once in a mailbox. Answers its id. */
  async send(storeId: string, id: string, name: WithdrawalMailName): Promise<string> {
    const { withdrawal, shop, home, policies } = await this.db.read(storeId, async (store) => {
      const found = await this.withdrawals.get(store, id);
      return { withdrawal: found, ...(await this.address.of(store, found.locale)) };
    });
    const { locale, email } = withdrawal;
    const { words, values } = withdrawalMailText(name, locale, {
      statement: withdrawal.statementText,
      reason: withdrawal.rejection ?? '',
    });
    const date = new Intl.DateTimeFormat(locale, {
      dateStyle: 'long',
      timeStyle: 'short',
      timeZone: shop.timeZone,
    }).format(withdrawal.confirmedAt);
    const messageId = `<${id}.${name}@${this.config.shop.platformZone}>`;
    const mail = layMail(words, {
      locale,
      link: `${home}/`,
      policies,
      values: {
        ...values,
        number: withdrawal.name,
        name: withdrawal.statedName,
        store: shop.name,
        hash: withdrawal.receiptHash,
        date,
      },
    });
    await this.mailer.send({ to: email, messageId, replyTo: shop.email ?? undefined, ...mail });
    return messageId;
  }
}

/** Confirms a statement of withdrawal at once, whatever it is of. */
@Injectable()
@HandlesEvent(WithdrawalReceived)
export class MailWithdrawalReceipt implements EventHandler<typeof WithdrawalReceived> {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Withdrawals) private readonly withdrawals: Withdrawals,
    @Inject(WithdrawalMailer) private readonly mails: WithdrawalMailer,
  ) {}

  async handle(
    { withdrawalId }: z.output<typeof WithdrawalReceived.payload>,
    { storeId }: JobContext,
  ): Promise<void> {
    if (storeId === null) return;
    const messageId = await this.mails.send(storeId, withdrawalId, 'receipt');
    await this.db.write(storeId, (store) =>
      this.withdrawals.noteReceipt(store, withdrawalId, messageId),
    );
  }
}

/** Tells why a withdrawal has no effect. */
@Injectable()
@HandlesEvent(WithdrawalRejected)
export class MailWithdrawalRejected implements EventHandler<typeof WithdrawalRejected> {
  constructor(@Inject(WithdrawalMailer) private readonly mails: WithdrawalMailer) {}

  async handle(
    { withdrawalId }: z.output<typeof WithdrawalRejected.payload>,
    { storeId }: JobContext,
  ): Promise<void> {
    if (storeId !== null) await this.mails.send(storeId, withdrawalId, 'rejected');
  }
}
