import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@libs/kernel';
import { Consents, Customers } from '@libs/customers';
import type { StoreReader, StoreWriter } from '@platform/database';
import { Secrets } from '@platform/secrets';

/** Who is to be written to, and what they agreed to in the checkout. */
interface Addressee {
  email: string;
  consent: { marketing: boolean; at: string } | null;
}

/** Whom a mail went to, in their language. */
interface Mailed {
  email: string;
  locale: string;
}

type MailedCart = Mailed & { checkoutId: string };

const purpose = 'unsubscribe';

/** A link of one store and checkout is of no other. */
function place(storeId: string, rowId: string) {
  return { purpose, table: 'abandoned_cart_mails', rowId, storeId };
}

/** Whether somebody may be sent what they did not ask for, and taking that back. */
@Injectable()
export class MarketingConsent {
  constructor(
    @Inject(Secrets) private readonly secrets: Secrets,
    @Inject(Customers) private readonly customers: Customers,
    @Inject(Consents) private readonly consents: Consents,
  ) {}

  /** The last word counts: said in the checkout, noted with the customer, or by an unsubscribe link. */
  async mayMail(store: StoreReader, { email, consent }: Addressee): Promise<boolean> {
    const customer = await this.customers.findByEmail(store, email);
    const noted = customer ? await this.consents.list(store, customer.id) : [];
    const [optOut] = await store.query<{ at: Date }>(
      'SELECT at FROM marketing_opt_outs WHERE store_id = $1 AND email = $2',
      [store.storeId, email.toLowerCase()],
    );
    const said = noted.map(({ granted, at }) => ({ granted, at: at.getTime() }));
    if (consent?.marketing) said.push({ granted: true, at: Date.parse(consent.at) });
    if (optOut) said.push({ granted: false, at: optOut.at.getTime() });
    const last = said
      .toSorted((a, b) => a.at - b.at || Number(b.granted) - Number(a.granted))
      .at(-1);
    return last?.granted === true;
  }

  /** What an unsubscribe link carries: whom it is of, which nobody else reads or writes. It holds for good. */
  tokenOf(storeId: string, { checkoutId, email, locale }: MailedCart): string {
    return this.secrets.seal(JSON.stringify({ email, locale }), place(storeId, checkoutId));
  }

  /**
   * The address that the mail about a checkout went to.
   * @returns null for a link that we did not give
   */
  async mailOf(store: StoreReader, checkoutId: string, token: string): Promise<Mailed | null> {
    // Links of mails before they carried it: the row stays for them.
    if (this.secrets.verify(`${store.storeId} ${checkoutId}`, token, purpose)) {
      const [found] = await store.query<Mailed>(
        'SELECT email, locale FROM abandoned_cart_mails WHERE store_id = $1 AND checkout_id = $2',
        [store.storeId, checkoutId],
      );
      return found ?? null;
    }
    try {
      const opened = this.secrets.open(token, place(store.storeId, checkoutId));
      return JSON.parse(opened.toString()) as Mailed;
    } catch (error) {
      if (error instanceof AppError && error.code.startsWith('secrets.')) return null;
      throw error;
    }
  }

  /** Takes consent back, with time and source. A second time changes nothing that counts. */
  async withdraw(store: StoreWriter, email: string, source: string): Promise<void> {
    await store.execute(
      `INSERT INTO marketing_opt_outs (store_id, email, source) VALUES ($1, $2, $3)
       ON CONFLICT (store_id, email) DO UPDATE SET source = excluded.source, at = excluded.at`,
      [store.storeId, email.toLowerCase(), source],
    );
    const customer = await this.customers.findByEmail(store, email);
    const kind = 'email_marketing';
    if (customer) await this.consents.record(store, customer.id, { kind, granted: false, source });
  }
}
