export { type Money, money, parseDecimal, formatDecimal, allocate } from './money';
export { isCurrency, currencyExponent } from './currency';
