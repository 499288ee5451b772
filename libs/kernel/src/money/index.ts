export { type Money, money, parseDecimal, formatDecimal } from './money';
export { isCurrency, currencyExponent } from './currency';
export { decimalNumber, hundredths } from './hundredths';
export { allocate } from './allocate';
export { crossRate, decimalOfRate, rateOfDecimal, unit1e10 } from './decimal-rate';
export {
  type Grain,
  type Rounding,
  currencyQuantum,
  divide,
  grainOf,
  percentOf,
  taxWithin,
} from './rounding';
export {
  type ExchangeRate,
  type PriceEnding,
  type PriceRule,
  exchangeResult,
  fromBase,
  marketPrice,
  toBase,
} from './exchange';
export {
  type PaidTender,
  type PaidUnits,
  type RefundedUnits,
  type TenderKind,
  partRefund,
  refundByTender,
  refundOrder,
} from './refund';
export {
  type RefundProposal,
  type RefundWish,
  type ReturnedCharge,
  type ReturnedLine,
  proposeRefund,
} from './refund-proposal';
