import { Inject, Injectable } from '@nestjs/common';
import type { CheckoutView } from '@renderer/checkout';
import { hashToken, sameSecret } from '@platform/secrets';
import { AccountData } from '../account/account-data';
import { customerToken } from '../account/customer-cookie';
import { browserOf } from './checkout-answers';
import { CheckoutDesk, type Visit } from './desk';

/** Who may see the names and addresses of an order. */
@Injectable()
export class OrderKnowledge {
  constructor(
    @Inject(CheckoutDesk) private readonly desk: CheckoutDesk,
    @Inject(AccountData) private readonly account: AccountData,
  ) {}

  /** Whether this is the browser that ordered, or the customer whose order it is. */
  async isKnown(visit: Visit, view: CheckoutView): Promise<boolean> {
    const { headers } = visit.request;
    const browser = browserOf(headers.cookie);
    const { browserHash, customerId } = view.checkout;
    const isBrowser =
      browser !== null && browserHash !== null && sameSecret(hashToken(browser), browserHash);
    const token = customerToken(headers.cookie);
    if (isBrowser || token === null || customerId === null) return isBrowser;
    return this.desk.db.read(
      visit.site.storeId,
      async (store) => (await this.account.customerOf(store, token))?.id === customerId,
    );
  }
}
