import { Inject, Injectable } from '@nestjs/common';
import { CheckoutActions } from '../checkout/checkout-actions';
import { CartActions } from './cart-actions';
import { CartExtras } from './cart-extras';
import { ShopperLimits } from './shopper-limits';
import { AccountPages } from '../account/account-pages';
import { WithdrawActions } from '../withdraw/withdraw-actions';
import { FormActions } from './forms/form-actions';

/** Everything that a shopper can do beside looking at pages. */
@Injectable()
export class Actions {
  constructor(
    @Inject(CartActions) readonly cart: CartActions,
    @Inject(CartExtras) readonly extras: CartExtras,
    @Inject(ShopperLimits) readonly limits: ShopperLimits,
    @Inject(FormActions) readonly forms: FormActions,
    @Inject(AccountPages) readonly account: AccountPages,
    @Inject(CheckoutActions) readonly checkout: CheckoutActions,
    @Inject(WithdrawActions) readonly withdraw: WithdrawActions,
  ) {}
}
