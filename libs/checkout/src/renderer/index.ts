export { CheckoutRendererModule } from './checkout-renderer.module';
export { Carts, type AjaxAnswer } from './carts';
export { CartRates } from './cart-rates';
export {
  OpenCarts,
  type Addition,
  type CartOutcome,
  type CartOwner,
  type CartRemarks,
  type LineRef,
  type QuantityUpdate,
} from '../carts/open-carts.service';
export type { LineChange } from '../carts/cart-rules';
export type { LeftOut, ReorderedLine } from '../carts/reorder';
export { type Properties, idleDays } from '../carts/cart';
export {
  cartChangedSentence,
  fieldSentences,
  refusalSentence,
  tooOftenSentence,
} from './refusal-sentence';
export { themeDiscounts } from './theme-discounts';
export { CheckoutViews } from './checkout-views';
export * from './checkout';
export { CheckoutTenders, mostCards } from '../checkouts/checkout-tenders.service';
export * from './after-sales';
export type { CheckoutChange } from '../checkouts/checkout-change';
export { Checkouts, type UpdateOutcome } from '../checkouts/checkouts.service';
export type { CheckoutRow } from '../checkouts/checkout-rows.queries';
export { Paying, type PayOutcome } from '../checkouts/paying.service';
export { ShopperSignIns } from '../checkouts/sign-ins.service';
export { VatNumbers } from '../taxes/vat-numbers/vat-numbers.service';
export { Exchanges, type ExchangeOffers, type ExchangePreview } from '../edits/exchanges.service';
export { BalanceLinks } from '../drafts/balance-links.service';
export { Settling } from '../checkouts/settling.service';
export { providerMinor } from '../checkouts/provider-minor';
export { consentOf, requiresShipping } from '../checkouts/checkout';
export { addressFieldNames } from '../addresses/address-fields';
export { type TypedAddress, checkAddress, checkEmail } from '../addresses/check-address';
export { isCountry, namedCountries, provinceNamed } from '../addresses/countries';
