import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { CustomerCodeRequested, Customers, MailedCodes } from '@libs/customers';
import { localePath } from '@libs/kernel';
import { Stores } from '@libs/stores';
import { Db } from '@platform/database';
import { Mailer } from '@platform/mail';
import { type EventHandler, HandlesEvent, type JobContext } from '@platform/outbox';
import { layMail } from '../mails/compose-mail';
import { customerMailText } from '../mails/customer-mails';
import { MailTemplates, layOwn } from '../mails/mail-templates.service';

const paths = { sign_in: 'login', reset: 'reset', activate: 'activate' };

/** Mails a customer what lets them in. A second try makes a second code; the first one ends. */
@Injectable()
@HandlesEvent(CustomerCodeRequested)
export class OnCustomerCodeRequested implements EventHandler<typeof CustomerCodeRequested> {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Stores) private readonly stores: Stores,
    @Inject(Customers) private readonly customers: Customers,
    @Inject(MailedCodes) private readonly codes: MailedCodes,
    @Inject(MailTemplates) private readonly templates: MailTemplates,
    @Inject(Mailer) private readonly mailer: Mailer,
  ) {}

  async handle(
    { customerId, purpose, locale, origin }: z.output<typeof CustomerCodeRequested.payload>,
    { storeId }: JobContext,
  ): Promise<void> {
    const found = await this.db.write(storeId as string, async (store) => {
      const customer = await this.customers.find(store, customerId);
      if (!customer?.email) return null;
      const shop = await this.stores.get(store);
      const own = await this.templates.find(store, `customer.${purpose}`, locale);
      const code = await this.codes.issue(store, customerId, purpose);
      return { to: customer.email, shop, own, code };
    });
    if (!found) return;
    const { to, shop, own, code } = found;
    const path = `${origin}${localePath(shop, locale)}/account/${paths[purpose]}`;
    const link = purpose === 'sign_in' ? path : `${path}/${code}`;
    const filled = { locale, link, values: { store: shop.name, code } };
    const mail =
      layOwn(own, `customer.${purpose}`, filled) ??
      layMail(customerMailText(purpose, locale), filled);
    await this.mailer.send({ to, ...mail });
  }
}
