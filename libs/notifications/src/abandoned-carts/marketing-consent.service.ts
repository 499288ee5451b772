import { Inject, Injectable } from '@nestjs/common';
import { Consents, Customers } from '@libs/customers';
import type { StoreReader, StoreWriter } from '@platform/database';
import { Secrets } from '@platform/secrets';

/** Who is to be written to, and what they agreed to in the checkout. */
interface Addressee {
  email: string;
  consent: { marketing: boolean; at: string } | null;
}

const purpose = 'unsubscribe';

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

  /** What an unsubscribe link carries for the mail about this checkout. */
  tokenOf(storeId: string, checkoutId: string): string {
    return this.secrets.sign(`${storeId} ${checkoutId}`, purpose);
  }

  /**
   * The address that the mail about a checkout went to.
   * @returns null for a link that we did not give
   */
  async mailOf(
    store: StoreReader,
    checkoutId: string,
    token: string,
  ): Promise<{ email: string; locale: string } | null> {
    if (!this.secrets.verify(`${store.storeId} ${checkoutId}`, token, purpose)) return null;
    const [found] = await store.query<{ email: string; locale: string }>(
      'SELECT email, locale FROM abandoned_cart_mails WHERE store_id = $1 AND checkout_id = $2',
      [store.storeId, checkoutId],
    );
    return found ?? null;
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
