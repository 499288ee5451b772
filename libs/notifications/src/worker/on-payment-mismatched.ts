import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Payments, paymentAlarms } from '@libs/payments';
import { Stores } from '@libs/stores';
import { CONFIG, type Config } from '@platform/config';
import { Db } from '@platform/database';
import { Mailer } from '@platform/mail';
import { type EventHandler, HandlesEvent, type JobContext } from '@platform/outbox';
import { composeMail } from '../mails/compose-mail';
import { printedMoney } from '../mails/printed-money';
import { StoreOwners } from './store-owners.service';

const { PaymentMismatched } = paymentAlarms;

/** Tells the owners of a store of money that differs from what was asked for. */
@Injectable()
@HandlesEvent(PaymentMismatched)
export class MailPaymentMismatched implements EventHandler<typeof PaymentMismatched> {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Db) private readonly db: Db,
    @Inject(Payments) private readonly payments: Payments,
    @Inject(Stores) private readonly stores: Stores,
    @Inject(StoreOwners) private readonly owners: StoreOwners,
    @Inject(Mailer) private readonly mailer: Mailer,
  ) {}

  async handle(
    { checkoutId, paymentId, ...held }: z.output<typeof PaymentMismatched.payload>,
    { storeId, jobId }: JobContext,
  ): Promise<void> {
    if (storeId === null) return;
    const { shop, payment } = await this.db.read(storeId, async (store) => ({
      shop: await this.stores.get(store),
      payment: (await this.payments.ofCheckout(store, checkoutId)).find(
        (one) => one.paymentId === paymentId,
      ),
    }));
    if (!payment) return;
    for (const { email, name, locale, userId } of await this.owners.list(shop.organizationId)) {
      const mail = composeMail({
        name: 'payment-mismatched',
        locale,
        link: `${this.config.api.url}/admin/stores/${shop.id}/payment-accounts/${payment.accountId}`,
        values: {
          name,
          store: shop.name,
          provider: payment.title,
          reference: paymentId,
          held: printedMoney(held, locale),
          asked: printedMoney(payment.money, locale),
        },
      });
      const messageId = `<${jobId}.${userId}@${this.config.shop.platformZone}>`;
      await this.mailer.send({ to: email, messageId, ...mail });
    }
  }
}
