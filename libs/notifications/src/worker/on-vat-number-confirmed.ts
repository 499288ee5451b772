import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { taxAlarms } from '@libs/checkout';
import { Orders } from '@libs/orders';
import { Stores } from '@libs/stores';
import { CONFIG, type Config } from '@platform/config';
import { Db } from '@platform/database';
import { Mailer } from '@platform/mail';
import { type EventHandler, HandlesEvent, type JobContext } from '@platform/outbox';
import { composeMail } from '../mails/compose-mail';
import { printedMoney } from '../mails/printed-money';
import { StoreOwners } from './store-owners.service';

const { VatNumberConfirmed, VatRechecks } = taxAlarms;

/** Tells the owners of a store that an order bore VAT although the company's number is valid. */
@Injectable()
@HandlesEvent(VatNumberConfirmed)
export class MailVatNumberConfirmed implements EventHandler<typeof VatNumberConfirmed> {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Db) private readonly db: Db,
    @Inject(VatRechecks) private readonly rechecks: InstanceType<typeof VatRechecks>,
    @Inject(Orders) private readonly orders: Orders,
    @Inject(Stores) private readonly stores: Stores,
    @Inject(StoreOwners) private readonly owners: StoreOwners,
    @Inject(Mailer) private readonly mailer: Mailer,
  ) {}

  async handle(
    { orderId }: z.output<typeof VatNumberConfirmed.payload>,
    { storeId, jobId }: JobContext,
  ): Promise<void> {
    if (storeId === null) return;
    const { shop, order, known } = await this.db.read(storeId, async (store) => ({
      shop: await this.stores.get(store),
      order: await this.orders.get(store, orderId),
      known: await this.rechecks.find(store, orderId),
    }));
    if (!known) return;
    const tax = { amountMinor: order.taxMinor, currency: order.currency };
    for (const { email, name, locale, userId } of await this.owners.list(shop.organizationId)) {
      const mail = composeMail({
        name: 'vat-number-confirmed',
        locale,
        link: `${this.config.api.url}/admin/stores/${shop.id}/orders/${orderId}`,
        values: {
          name,
          store: shop.name,
          number: order.name,
          vat: known.number,
          consultation: known.consultation ?? '–',
          tax: printedMoney(tax, locale),
        },
      });
      const messageId = `<${jobId}.${userId}@${this.config.shop.platformZone}>`;
      await this.mailer.send({ to: email, messageId, ...mail });
    }
  }
}
