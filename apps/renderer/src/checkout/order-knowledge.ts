import { Inject, Injectable } from '@nestjs/common';
import { Orders } from '@libs/orders';
import type { CheckoutView } from '@renderer/checkout';
import { Secrets, hashToken, sameSecret } from '@platform/secrets';
import { AccountData } from '../account/account-data';
import { customerToken } from '../account/customer-cookie';
import { browserOf } from './checkout-answers';
import { CheckoutDesk, type Visit } from './desk';

const purpose = 'known-order';
/** Seconds for which a browser is remembered that knew the e-mail address and the number, and a mail's link opens. */
const lifetime = 24 * 60 * 60;

/** Who may see the names and addresses of an order. */
@Injectable()
export class OrderKnowledge {
  constructor(
    @Inject(CheckoutDesk) private readonly desk: CheckoutDesk,
    @Inject(AccountData) private readonly account: AccountData,
    @Inject(Orders) private readonly orders: Orders,
    @Inject(Secrets) private readonly secrets: Secrets,
  ) {}

  /**
   * Whether this is the browser that ordered or proved to know the order, the customer whose order it is, or somebody
   * who follows the link of a mail that was first followed less than a day ago.
   */
  async isKnown(visit: Visit, view: CheckoutView): Promise<boolean> {
    const { headers } = visit.request;
    const browser = browserOf(headers.cookie);
    const { browserHash, customerId, orderId } = view.checkout;
    const isBrowser =
      browser !== null && browserHash !== null && sameSecret(hashToken(browser), browserHash);
    if (isBrowser || this.isRemembered(visit, orderId)) return true;
    return (await this.isCustomer(visit, customerId)) || this.followsMail(visit);
  }

  private async isCustomer({ site, request }: Visit, customerId: string | null): Promise<boolean> {
    const token = customerToken(request.headers.cookie);
    if (token === null || customerId === null) return false;
    return this.desk.db.read(
      site.storeId,
      async (store) => (await this.account.customerOf(store, token))?.id === customerId,
    );
  }

  /** A HEAD is a program that looks at links, and begins no day. */
  private async followsMail({ site: { storeId }, request, token }: Visit): Promise<boolean> {
    const link = await this.desk.db.read(storeId, (store) =>
      this.orders.findByStatusToken(store, token),
    );
    if (link?.givenBy !== 'mail') return false;
    if (link.openedAt !== null) return Date.now() - link.openedAt.getTime() < lifetime * 1000;
    if (request.method === 'HEAD') return false;
    await this.desk.db.write(storeId, (store) => this.orders.markMailedLinkOpened(store, token));
    return true;
  }

  /** The header by which a browser that proved to know an order is known for a day. */
  remember({ site, request }: Visit, orderId: string): Record<string, string> {
    const until = Math.floor(Date.now() / 1000) + lifetime;
    const signature = this.secrets.sign(signed(site.storeId, orderId, until), purpose);
    const flags = `Path=/; Max-Age=${lifetime}; HttpOnly; SameSite=Lax`;
    const value = `known_order=${until}~${signature}; ${flags}${request.secure ? '; Secure' : ''}`;
    return { 'set-cookie': value };
  }

  private isRemembered({ site, request }: Visit, orderId: string | null): boolean {
    const match = /(?:^|;\s*)known_order=(\d{1,12})~([\w.-]+)(?:;|$)/.exec(
      request.headers.cookie ?? '',
    );
    if (!match || orderId === null) return false;
    const until = Number(match[1]);
    const text = signed(site.storeId, orderId, until);
    return until > Date.now() / 1000 && this.secrets.verify(text, match[2] ?? '', purpose);
  }
}

function signed(storeId: string, orderId: string, until: number): string {
  return JSON.stringify([storeId, orderId, until]);
}
