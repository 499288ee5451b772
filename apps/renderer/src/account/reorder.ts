import { Inject, Injectable } from '@nestjs/common';
import { CustomerOrders } from '@renderer/orders';
import { Db } from '@platform/database';
import type { Site } from '../1-resolve-store/resolve-store';
import { withLocale } from '../2-match-route/locale-prefix';
import { SettingsOfStores } from '../2-match-route/store-settings';
import { shopperOf } from '../3-load-page/shopper';
import { plainPage, redirect } from '../5-send-response/plain-page';
import { CartActions } from '../actions/cart-actions';
import { cookieHeader } from '../actions/cart-answer';
import { type FormResult, FormResults } from '../actions/forms/form-results';
import { mayWrite } from '../actions/same-origin';
import type { ShopRequest, ShopResponse } from '../shop-request';
import { AccountData } from './account-data';
import { customerToken } from './customer-cookie';
import { reorderErrors } from './reorder-sentence';

type StoreSite = Extract<Site, { kind: 'store' }>;

/** Puts what a customer ordered before into their cart, by the button of the order's page. */
@Injectable()
export class Reorder {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(AccountData) private readonly account: AccountData,
    @Inject(CustomerOrders) private readonly orders: CustomerOrders,
    @Inject(CartActions) private readonly carts: CartActions,
    @Inject(FormResults) private readonly results: FormResults,
    @Inject(SettingsOfStores) private readonly settings: SettingsOfStores,
  ) {}

  /**
   * Answers the form; whoever only follows its address is led to the order. The cart tells what was left out and why, as
   * `@form_result` of the type `reorder`.
   */
  async answer(site: StoreSite, orderId: string, request: ShopRequest): Promise<ShopResponse> {
    const { storeId } = site;
    const order = withLocale(`/account/orders/${orderId}`, request.locale);
    if (request.method !== 'POST') return redirect(303, order);
    if (!mayWrite(request)) return plainPage('foreign-form', request.id);
    const token = customerToken(request.headers.cookie);
    const wanted = await this.db.read(storeId, async (store) => {
      const customer = await this.account.customerOf(store, token);
      return customer && this.orders.ordered(store, customer.id, orderId);
    });
    // The order's page asks who it is, or says that there is no such order.
    if (!wanted) return redirect(303, order);
    const done = await this.carts.reorder(storeId, shopperOf(request.headers.cookie), wanted);
    const locale = request.locale ?? (await this.settings.of(storeId)).locale;
    const errors = reorderErrors(done?.left ?? null, locale);
    const cart = cookieHeader(done?.token ?? null, request.secure)['set-cookie'];
    const told = this.tell(storeId, errors, request.secure)?.['set-cookie'];
    const cookies = [...(cart ? [cart] : []), ...(told ? [told] : [])];
    return redirect(303, withLocale('/cart', request.locale), { 'set-cookie': cookies });
  }

  /** A cookie holds so much: of a long list what fits of its half, and so on. */
  private tell(storeId: string, errors: FormResult['errors'], secure: boolean) {
    for (let most = errors.length; ; most = Math.floor(most / 2)) {
      const result: FormResult = {
        type: 'reorder',
        id: null,
        posted_successfully: errors.length === 0,
        errors: errors.slice(0, most),
        values: {},
      };
      const cookie = this.results.carry(storeId, result, secure);
      if (cookie || most === 0) return cookie;
    }
  }
}
