import { Inject, Injectable } from '@nestjs/common';
import { hashPassword, verifyPassword } from '@libs/identity';
import type { StoreWriter } from '@platform/database';
import { CustomerCodeRequested, CustomerVerified } from '../customers.events';
import { type Customer, normalEmail } from '../people/customer';
import { Consents } from '../people/consents.service';
import { Customers } from '../people/customers.service';
import { CustomerSessions } from './customer-sessions.service';
import { noteChange } from '../people/note-change';
import { type CodePurpose, MailedCodes } from './mailed-codes.service';

/** Where a mail's link leads and which language it speaks. */
export interface Mailing {
  locale: string;
  /** `https://shop.example`. */
  origin: string;
}

/** What somebody enters to have an account. */
export interface Registration {
  email: string;
  password: string;
  firstName: string;
  lastName: string;
  /** Whether advertising mail was allowed on the form. */
  emailMarketing: boolean;
  /** The path of the form's page. */
  source: string;
}

/** NIST SP 800-63B's least; a merchant's own password is longer. */
const minimumLength = 8;

/** Accounts of a store's customers: by password or by a code in a mail. Each store has its own. */
@Injectable()
export class CustomerAccounts {
  constructor(
    @Inject(Customers) private readonly customers: Customers,
    @Inject(Consents) private readonly consents: Consents,
    @Inject(CustomerSessions) private readonly sessions: CustomerSessions,
    @Inject(MailedCodes) private readonly codes: MailedCodes,
  ) {}

  /**
   * Opens an account. Where the address is known already, its owner gets a mail that leads in, and whoever typed it
   * learns no more than that: what was bought with an address belongs to who can read its mail.
   * @returns the session's token, or null when a mail decides
   * @throws identity.weak-password
   */
  async register(
    store: StoreWriter,
    { email, password, firstName, lastName, emailMarketing, source }: Registration,
    mailing: Mailing,
  ): Promise<string | null> {
    const passwordHash = await hashPassword(password, minimumLength);
    const known = await this.customers.findByEmail(store, email);
    if (known) {
      await this.mail(store, known, known.state === 'guest' ? 'activate' : 'reset', mailing);
      return null;
    }
    const { locale } = mailing;
    const buyer = { email, firstName, lastName, phone: null, locale, tags: [], note: '' };
    const { id } = await this.customers.create(store, buyer);
    await store.execute(
      `UPDATE customers SET state = 'enabled', password_hash = $3 WHERE store_id = $1 AND customer_id = $2`,
      [store.storeId, id, passwordHash],
    );
    if (emailMarketing)
      await this.consents.record(store, id, { kind: 'email_marketing', granted: true, source });
    return this.sessions.open(store, id);
  }

  /** The session's token; null when address and password do not belong together. */
  async signIn(store: StoreWriter, email: string, password: string): Promise<string | null> {
    const [row] = await store.query<{ id: string; hash: string | null }>(
      `SELECT customer_id AS id, password_hash AS hash FROM customers
       WHERE store_id = $1 AND email = $2 AND state = 'enabled'`,
      [store.storeId, normalEmail(email)],
    );
    const right = await verifyPassword(row?.hash ?? null, password);
    return row && right ? this.sessions.open(store, row.id) : null;
  }

  /** Mails a code or link to whoever has the address; nothing tells whether somebody does. */
  async request(
    store: StoreWriter,
    email: string,
    purpose: 'sign_in' | 'reset',
    mailing: Mailing,
  ): Promise<void> {
    const known = await this.customers.findByEmail(store, email);
    if (known) await this.mail(store, known, purpose, mailing);
  }

  /**
   * Signs in by the six digits that were mailed, which proves the address; a guest has an account from now on.
   * @returns the session's token; null for a wrong or old code
   */
  async signInByCode(store: StoreWriter, email: string, digits: string): Promise<string | null> {
    const known = await this.customers.findByEmail(store, email);
    if (!known || !mayEnter(known)) return null;
    if (!(await this.codes.takeDigits(store, known.id, digits))) return null;
    if (await this.verify(store, known)) await noteChange(store, [known.id]);
    return this.sessions.open(store, known.id);
  }

  /**
   * Sets a password by a mailed link, which proves the address, and signs out everybody else.
   * @returns the session's token; null for a link that is old or was used
   * @throws identity.weak-password, before the link is used
   */
  async setPassword(
    store: StoreWriter,
    link: { token: string; purpose: 'reset' | 'activate' },
    password: string,
  ): Promise<string | null> {
    const passwordHash = await hashPassword(password, minimumLength);
    const customerId = await this.codes.takeLink(store, link.token, link.purpose);
    const known = customerId && (await this.customers.find(store, customerId));
    if (!known || !mayEnter(known)) return null;
    await store.execute(
      'UPDATE customers SET password_hash = $3 WHERE store_id = $1 AND customer_id = $2',
      [store.storeId, known.id, passwordHash],
    );
    await this.verify(store, known);
    await noteChange(store, [known.id]);
    await this.sessions.closeAll(store, known.id);
    return this.sessions.open(store, known.id);
  }

  private async mail(
    store: StoreWriter,
    customer: Customer,
    purpose: CodePurpose,
    { locale, origin }: Mailing,
  ): Promise<void> {
    if (!mayEnter(customer)) return;
    store.publish(CustomerCodeRequested, { customerId: customer.id, purpose, locale, origin });
  }

  /** Answers whether anything was new. */
  private async verify(store: StoreWriter, { id, email }: Customer): Promise<boolean> {
    const changed = await store.execute(
      `UPDATE customers SET state = 'enabled', email_verified_at = coalesce(email_verified_at, now()),
         version = version + 1, updated_at = now()
       WHERE store_id = $1 AND customer_id = $2 AND (state = 'guest' OR email_verified_at IS NULL)`,
      [store.storeId, id],
    );
    if (changed > 0 && email !== null) store.publish(CustomerVerified, { customerId: id, email });
    return changed > 0;
  }
}

function mayEnter({ state }: Customer): boolean {
  return state === 'guest' || state === 'enabled';
}
