import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { afterSales, Orders } from '@libs/orders';
import { CONFIG, type Config, faultPoint } from '@platform/config';
import { Db } from '@platform/database';
import { Mailer } from '@platform/mail';
import { type EventHandler, HandlesEvent, type JobContext } from '@platform/outbox';
import { layMail } from '../mails/compose-mail';
import { receivedGiftText } from '../mails/gift-mails';
import { layOwn, MailTemplates } from '../mails/mail-templates.service';
import { cardItems, OrderMailer } from './order-mailer.service';
import { StorefrontAddress } from './storefront-address';

const { GiftCardsSent, SoldGiftCards } = afterSales;
const kind = 'gift_card.received';

type Sent = z.output<typeof GiftCardsSent.payload>;

/** Mails gift cards to whom they are for, without a word about the order. */
@Injectable()
@HandlesEvent(GiftCardsSent)
export class MailGiftToRecipient implements EventHandler<typeof GiftCardsSent> {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Db) private readonly db: Db,
    @Inject(Orders) private readonly orders: Orders,
    @Inject(SoldGiftCards) private readonly cards: InstanceType<typeof SoldGiftCards>,
    @Inject(StorefrontAddress) private readonly address: StorefrontAddress,
    @Inject(MailTemplates) private readonly templates: MailTemplates,
    @Inject(Mailer) private readonly mailer: Mailer,
  ) {}

  async handle(sent: Sent, { storeId }: JobContext): Promise<void> {
    if (storeId === null) return;
    const found = await this.read(storeId, sent);
    if (!found) return;
    const { order, cards, recipient, to, shop, home, policies, own } = found;
    const { locale } = order;
    const items = cardItems(cards, order);
    const { name: buyer } = order.billingAddress ?? order.shippingAddress ?? { name: '' };
    const { message } = recipient;
    const values = { store: shop.name, sender: buyer || shop.name, name: recipient.name ?? to };
    const place = { locale, link: home, policies };
    const listed = { ...values, items: items.join('\n'), message: message ?? '' };
    const laid =
      layOwn(own, kind, { ...place, values: listed }) ??
      layMail(receivedGiftText(locale, { items, message }), { ...place, values });
    const { orderId, lineId, sending } = sent;
    const about = `gift-${sending}`;
    const messageId = `<${lineId}.${about}@${this.config.shop.platformZone}>`;
    await this.mailer.send({ to, messageId, replyTo: shop.email ?? undefined, ...laid });
    faultPoint('notifications.mail-sent');
    const noted = { mail: 'gift_received', about: `${lineId}.${about}` };
    await this.db.write(storeId, (store) => this.orders.noteMail(store, orderId, noted));
    faultPoint('notifications.mail-noted');
  }

  /** Null when the cards were taken back meanwhile, or nobody is known any more. */
  private read(storeId: string, { orderId, lineId, accountIds }: Sent) {
    return this.db.read(storeId, async (store) => {
      const order = await this.orders.get(store, orderId);
      const recipient = await this.cards.recipient(store, { orderId, lineId });
      const cards = await this.cards.codes(store, orderId, accountIds);
      if (!recipient?.email || cards.length === 0) return null;
      const { shop, home, policies } = await this.address.of(store, order.locale);
      const own = await this.templates.find(store, kind, order.locale);
      return { order, cards, recipient, to: recipient.email, shop, home, policies, own };
    });
  }
}

/** Tells the buyer that their gift was sent, without the codes. */
@Injectable()
@HandlesEvent(GiftCardsSent)
export class MailGiftToBuyer implements EventHandler<typeof GiftCardsSent> {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(SoldGiftCards) private readonly cards: InstanceType<typeof SoldGiftCards>,
    @Inject(OrderMailer) private readonly mails: OrderMailer,
  ) {}

  async handle(
    { orderId, lineId, accountIds, sending, tellBuyer }: Sent,
    { storeId }: JobContext,
  ): Promise<void> {
    if (storeId === null || !tellBuyer) return;
    const { recipient, quantity } = await this.db.read(storeId, async (store) => ({
      recipient: await this.cards.recipient(store, { orderId, lineId }),
      quantity: (await this.cards.codes(store, orderId, accountIds)).length,
    }));
    if (!recipient?.email || quantity === 0) return;
    const about = `gift-sent-${sending}`;
    await this.mails.send(storeId, orderId, () => ({
      name: 'gift_sent',
      items: [{ lineId, quantity }],
      recipient: recipient.name ?? recipient.email ?? '',
      about,
    }));
  }
}
