import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { CONFIG, type Config } from '@platform/config';
import { Db } from '@platform/database';
import { Mailer } from '@platform/mail';
import { HandlesJob, type JobContext, type JobHandler } from '@platform/outbox';
import {
  type AbandonedCheckout,
  AbandonedCarts,
} from '../../abandoned-carts/abandoned-carts.service';
import { MarketingConsent } from '../../abandoned-carts/marketing-consent.service';
import { RemindOfCart } from '../../abandoned-carts/remind-of-cart.job';
import { unsubscribeWords } from '../../abandoned-carts/unsubscribe-page';
import { cartMailText } from '../../mails/cart-mails';
import { layMail } from '../../mails/compose-mail';
import { itemLine } from '../../mails/marks';
import { MailTemplates, layOwn } from '../../mails/mail-templates.service';
import { StorefrontAddress } from '../storefront-address';

/** Sends the reminder of a cart: claimed first, so that none is sent twice, then handed over. */
@Injectable()
@HandlesJob(RemindOfCart)
export class RunRemindOfCart implements JobHandler<typeof RemindOfCart> {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Db) private readonly db: Db,
    @Inject(AbandonedCarts) private readonly carts: AbandonedCarts,
    @Inject(MarketingConsent) private readonly consent: MarketingConsent,
    @Inject(MailTemplates) private readonly templates: MailTemplates,
    @Inject(StorefrontAddress) private readonly address: StorefrontAddress,
    @Inject(Mailer) private readonly mailer: Mailer,
  ) {}

  async run(
    { checkoutId }: z.output<typeof RemindOfCart.payload>,
    { storeId }: JobContext,
  ): Promise<void> {
    if (storeId === null) throw new Error('a cart always belongs to a store');
    const found = await this.db.write(storeId, async (store) => {
      const cart = await this.carts.claim(store, checkoutId);
      if (!cart) return null;
      const own = await this.templates.find(store, 'cart.abandoned', cart.locale);
      return { cart, own, ...(await this.address.of(store, cart.locale)) };
    });
    if (!found) return;
    const { cart, own, shop, home, policies } = found;
    const token = this.consent.tokenOf(storeId, cart);
    const unsubscribe = `${this.config.api.url}/unsubscribe/${storeId}/${checkoutId}/${token}`;
    const footer = { text: unsubscribeWords(cart.locale).link, href: unsubscribe };
    const items = itemsOf(cart);
    const values = { store: shop.name, name: cart.name ?? '', items: items.join('\n') };
    const place = { locale: cart.locale, link: `${home}${cart.path}`, values, footer, policies };
    const mail = layOwn(own, 'cart.abandoned', place) ?? layMail(cartMailText(cart.locale), place);
    try {
      await this.mailer.send({
        to: cart.email,
        replyTo: shop.email ?? undefined,
        messageId: `<${checkoutId}.cart@${this.config.shop.platformZone}>`,
        // RFC 8058: a mail program may unsubscribe by a POST of its own.
        headers: {
          'List-Unsubscribe': `<${unsubscribe}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        },
        ...mail,
      });
    } catch (error) {
      await this.db.write(storeId, (store) => this.carts.release(store, checkoutId));
      throw error;
    }
    await this.db.write(storeId, (store) => this.carts.sent(store, checkoutId));
  }
}

function itemsOf({ lines }: AbandonedCheckout): string[] {
  return lines.map((line) => itemLine(line));
}
