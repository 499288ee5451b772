import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { shopperMails } from '@libs/checkout';
import { CONFIG, type Config } from '@platform/config';
import { Db } from '@platform/database';
import { Mailer } from '@platform/mail';
import { type EventHandler, HandlesEvent, type JobContext } from '@platform/outbox';
import { layMail } from '../mails/compose-mail';
import { lateMoneyMailText } from '../mails/late-money-mails';
import { printedMoney } from '../mails/printed-money';
import { StorefrontAddress } from './storefront-address';

const { LateMoney, MoneyCameLate } = shopperMails;
type LateMoney = InstanceType<typeof LateMoney>;

/** Tells a shopper that what they paid too late goes back to them. */
@Injectable()
@HandlesEvent(MoneyCameLate)
export class MailMoneyCameLate implements EventHandler<typeof MoneyCameLate> {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Db) private readonly db: Db,
    @Inject(LateMoney) private readonly late: LateMoney,
    @Inject(StorefrontAddress) private readonly address: StorefrontAddress,
    @Inject(Mailer) private readonly mailer: Mailer,
  ) {}

  async handle(
    named: z.output<typeof MoneyCameLate.payload>,
    { storeId, jobId }: JobContext,
  ): Promise<void> {
    if (storeId === null) return;
    const found = await this.db.read(storeId, async (store) => {
      const payment = await this.late.find(store, named);
      return payment && { payment, ...(await this.address.of(store, payment.locale)) };
    });
    if (!found) return;
    const { payment, shop, home, policies } = found;
    const { email, name, locale, lines, test } = payment;
    const values = {
      store: shop.name,
      name,
      total: printedMoney(payment, locale),
      items: lines.map(({ title, quantity }) => `${quantity} × ${title}`).join('\n'),
    };
    await this.mailer.send({
      to: email,
      messageId: `<${jobId}@${this.config.shop.platformZone}>`,
      replyTo: shop.email ?? undefined,
      ...layMail(lateMoneyMailText(locale), { locale, link: `${home}/`, values, policies, test }),
    });
  }
}
