import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { shopperMails } from '@libs/checkout';
import { CONFIG, type Config, faultPoint } from '@platform/config';
import { Db } from '@platform/database';
import { Mailer } from '@platform/mail';
import { type EventHandler, HandlesEvent, type JobContext } from '@platform/outbox';
import { layMail } from '../mails/compose-mail';
import { paymentMailText } from '../mails/payment-mails';
import { itemLine, totalMarked } from '../mails/marks';
import { printedMoney } from '../mails/printed-money';
import { StorefrontAddress } from './storefront-address';

const { PaymentRequested, PaymentRequests } = shopperMails;
type PaymentRequests = InstanceType<typeof PaymentRequests>;

/** Sends the link by which a draft order, or the rest of an order, is paid. */
@Injectable()
@HandlesEvent(PaymentRequested)
export class MailPaymentRequested implements EventHandler<typeof PaymentRequested> {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Db) private readonly db: Db,
    @Inject(PaymentRequests) private readonly requests: PaymentRequests,
    @Inject(StorefrontAddress) private readonly address: StorefrontAddress,
    @Inject(Mailer) private readonly mailer: Mailer,
  ) {}

  async handle(
    { checkoutId, message, refused }: z.output<typeof PaymentRequested.payload>,
    { storeId, jobId }: JobContext,
  ): Promise<void> {
    if (storeId === null) return;
    const found = await this.db.read(storeId, async (store) => {
      const request = await this.requests.find(store, checkoutId);
      return request && { request, ...(await this.address.of(store, request.locale)) };
    });
    if (!found) return;
    const { request, shop, policies } = found;
    const { locale, currency, url, test } = request;
    const items = request.lines.map(({ title, quantity }) => itemLine({ title, quantity }));
    const total = totalMarked(printedMoney({ amountMinor: request.totalMinor, currency }, locale));
    const values = { store: shop.name, name: request.name, total };
    await this.mailer.send({
      to: request.email,
      messageId: `<${jobId}@${this.config.shop.platformZone}>`,
      replyTo: shop.email ?? undefined,
      ...layMail(paymentMailText(locale, { message, items, refused }), {
        locale,
        link: url,
        values,
        policies,
        test,
      }),
    });
    faultPoint('notifications.mail-sent');
  }
}
