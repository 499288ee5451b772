import { Inject, Injectable } from '@nestjs/common';
import { afterSales, Orders } from '@libs/orders';
import { CONFIG, type Config, faultPoint } from '@platform/config';
import { Db } from '@platform/database';
import { Mailer } from '@platform/mail';
import { type ComposedMail, layMail } from '../mails/compose-mail';
import type { MailTemplate } from '../mails/mail-template';
import { MailTemplates, layOwn } from '../mails/mail-templates.service';
import { type OrderMailName, orderMailText } from '../mails/order-mails';
import { orderSums } from '../mails/order-sums';
import { amountLine, isolated, itemLine, totalMarked } from '../mails/marks';
import { printedMoney } from '../mails/printed-money';
import { type RefundWay, refundWayText } from '../mails/refund-ways';
import { type ShopPlace, StorefrontAddress } from './storefront-address';

type Order = Awaited<ReturnType<Orders['get']>>;

/** What a mail about an order says beside the order itself. */
export interface OrderMail {
  name: OrderMailName;
  /** Which of its goods are in the mail, as many of each. */
  items?: readonly { lineId: string; quantity: number }[];
  tracking?: string | null;
  /** The address in it, which is a link. */
  trackingUrl?: string | null;
  /** Where the money of a refund goes. */
  back?: readonly { way: RefundWay; amountMinor: number }[];
  /** Gift cards that are in the mail instead. */
  cards?: readonly { code: string; title: string; amountMinor: number }[];
  /** Whom the goods were sent to, when it is not the one who ordered. */
  recipient?: string;
  /** Minor units; the order's total when left out. */
  amountMinor?: number;
  /** Tells mails about one order apart: the same one sent again shows once in a mailbox. */
  about: string;
}

/** What is needed to put a mail into words. */
interface FoundMail extends ShopPlace {
  order: Order;
  mail: OrderMail;
  /** The store's own words for it. */
  own: MailTemplate | null;
  /** Opens the order's page. */
  token: string;
}

/** Mails shoppers what becomes of their orders, with a link of its own to the order's page. */
@Injectable()
export class OrderMailer {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Db) private readonly db: Db,
    @Inject(Orders) private readonly orders: Orders,
    @Inject(StorefrontAddress) private readonly address: StorefrontAddress,
    @Inject(MailTemplates) private readonly templates: MailTemplates,
    @Inject(Mailer) private readonly mailer: Mailer,
  ) {}

  /**
   * Sends a mail about an order; nothing when nobody left an address.
   * @param compose what it says, by the order as it is now; null for nothing
   */
  async send(
    storeId: string,
    orderId: string,
    compose: (order: Order) => OrderMail | null,
  ): Promise<void> {
    const found = await this.db.write(storeId, async (store) => {
      const order = await this.orders.get(store, orderId);
      const mail = compose(order);
      if (order.email === null || mail === null) return null;
      const { shop, home, policies } = await this.address.of(store, order.locale);
      const own = await this.templates.find(store, `order.${mail.name}`, order.locale);
      const token = await this.orders.issueStatusToken(store, orderId);
      return { order, mail, shop, own, to: order.email, home, policies, token };
    });
    if (!found) return;
    const { mail, shop, to } = found;
    await this.mailer.send({
      to,
      messageId: `<${orderId}.${mail.about}@${this.config.shop.platformZone}>`,
      replyTo: shop.email ?? undefined,
      ...laidOut(found),
    });
    faultPoint('notifications.mail-sent');
    const noted = { mail: mail.name, about: mail.about };
    await this.db.write(storeId, (store) => this.orders.noteMail(store, orderId, noted));
    faultPoint('notifications.mail-noted');
  }
}

/** A mail in the store's own words, else in ours. */
function laidOut({ order, mail, shop, own, home, policies, token }: FoundMail): ComposedMail {
  const address = order.shippingAddress ?? order.billingAddress;
  const { locale } = order;
  const items = itemsOf(order, mail);
  const sums = orderSums(order);
  const tracking = mail.tracking ?? null;
  const shippable = shippableUnits(order);
  const withdrawable = afterSales.hasWithdrawal(address?.country, shop.country);
  const values = {
    number: order.name,
    store: shop.name,
    name: address?.name ?? '',
    withdrawal: `${home}/withdraw?order=${token}`,
    total: totalMarked(amount(mail.amountMinor ?? order.totalMinor, order)),
    recipient: mail.recipient ?? '',
  };
  const listed = {
    ...values,
    items: items.join('\n'),
    sums,
    tracking: tracking ?? '',
    shippable: shippable === 0 ? '' : String(shippable),
  };
  const always = withdrawable ? ['withdrawal'] : [];
  const links = [values.withdrawal, ...(mail.trackingUrl ? [mail.trackingUrl] : [])];
  const link = `${home}/orders/${token}`;
  const place = { locale, link, links, policies, test: order.test };
  const more = { items, sums, tracking, shippable, withdrawable };
  return (
    layOwn(own, `order.${mail.name}`, { ...place, values: listed, always }) ??
    layMail(orderMailText(mail.name, locale, more), { ...place, values })
  );
}

/** How many things of an order are sent; gift cards and the like are not. */
function shippableUnits({ lines }: Order): number {
  return lines.reduce((sum, line) => sum + (line.requiresShipping ? line.quantity : 0), 0);
}

function itemsOf(order: Order, { items, back, cards }: OrderMail): string[] {
  if (cards) return cardItems(cards, order);
  if (back)
    return back.map(({ way, amountMinor }) =>
      refundWayText(way, amount(amountMinor, order), order.locale),
    );
  // Parts of an order have no prices of their own here: a refund says what goes back, an invoice what was paid.
  const whole = items === undefined;
  const wanted = items ?? order.lines.map(({ id, quantity }) => ({ lineId: id, quantity }));
  return wanted.flatMap(({ lineId, quantity }) => {
    const line = order.lines.find(({ id }) => id === lineId);
    if (!line) return [];
    const { title, variantTitle } = line;
    const price = whole ? amount(line.subtotalMinor, order) : null;
    return [itemLine({ quantity, title, variantTitle }, price)];
  });
}

/** Gift cards with their codes, a row for each. */
export function cardItems(
  cards: readonly { code: string; title: string; amountMinor: number }[],
  order: Pick<Order, 'currency' | 'locale'>,
): string[] {
  return cards.map(({ code, title, amountMinor }) =>
    amountLine(`${isolated(title)}, ${amount(amountMinor, order)}: `, code),
  );
}

/** An amount as the shopper's language writes it. */
function amount(
  amountMinor: number,
  { currency, locale }: Pick<Order, 'currency' | 'locale'>,
): string {
  return printedMoney({ amountMinor, currency }, locale);
}
