import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Orders } from '@libs/orders';
import { Payments, paymentAlarms } from '@libs/payments';
import { Stores } from '@libs/stores';
import { CONFIG, type Config } from '@platform/config';
import { Db } from '@platform/database';
import { Mailer } from '@platform/mail';
import { type EventHandler, HandlesEvent, type JobContext } from '@platform/outbox';
import { composeMail } from '../mails/compose-mail';
import { printedMoney } from '../mails/printed-money';
import { StoreOwners } from './store-owners.service';

const { AuthorizationAgeing } = paymentAlarms;

/** Tells the owners of a store that money of an order is to be captured before its provider lets it go. */
@Injectable()
@HandlesEvent(AuthorizationAgeing)
export class MailAuthorizationAgeing implements EventHandler<typeof AuthorizationAgeing> {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Db) private readonly db: Db,
    @Inject(Payments) private readonly payments: Payments,
    @Inject(Orders) private readonly orders: Orders,
    @Inject(Stores) private readonly stores: Stores,
    @Inject(StoreOwners) private readonly owners: StoreOwners,
    @Inject(Mailer) private readonly mailer: Mailer,
  ) {}

  async handle(
    { orderId, paymentId, dueAt, ...held }: z.output<typeof AuthorizationAgeing.payload>,
    { storeId, jobId }: JobContext,
  ): Promise<void> {
    if (storeId === null) return;
    const { shop, order, payment } = await this.db.read(storeId, async (store) => ({
      shop: await this.stores.get(store),
      order: await this.orders.get(store, orderId),
      payment: (await this.payments.ofOrder(store, orderId)).find(
        (one) => one.paymentId === paymentId,
      ),
    }));
    // It was captured or let go meanwhile.
    if (!payment || payment.authorizedMinor === 0) return;
    const { timeZone } = shop;
    for (const { email, name, locale, userId } of await this.owners.list(shop.organizationId)) {
      const style = { dateStyle: 'long', timeStyle: 'short', timeZone } as const;
      const mail = composeMail({
        name: 'authorization-ageing',
        locale,
        link: `${this.config.api.url}/admin/stores/${shop.id}/orders/${orderId}`,
        values: {
          name,
          store: shop.name,
          provider: payment.title,
          number: order.name,
          held: printedMoney(held, locale),
          due: new Intl.DateTimeFormat(locale, style).format(new Date(dueAt)),
        },
      });
      const messageId = `<${jobId}.${userId}@${this.config.shop.platformZone}>`;
      await this.mailer.send({ to: email, messageId, ...mail });
    }
  }
}
