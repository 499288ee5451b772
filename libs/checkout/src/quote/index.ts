export { quote } from './quote';
export type { Delivery, QuoteInput, QuoteLine } from './input';
export type { Discount, GivenDiscount, Rejection } from './discounts/discount';
export type { Quote } from './result';
export { chooseRegime, type TaxSituation } from './tax/choose-regime';
export type { TaxRate, TaxTerms } from './tax/terms';
export { unitPrice, type UnitPriceQuestion } from './unit-price';
