import { defineErrors } from '../errors';

/**
 * Active codes of ISO 4217 (list one, amendment 178) whose minor unit is not a hundredth.
 * Intl is no source for these: it follows how cash is printed (HUF 0, IQD 0), not the standard.
 */
const exponents: Readonly<Record<string, number>> = {
  BHD: 3,
  BIF: 0,
  CLF: 4,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  RWF: 0,
  TND: 3,
  UGX: 0,
  UYI: 0,
  UYW: 4,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
};

const hundredths =
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC ' +
  'CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD ' +
  'KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO ' +
  'NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL ' +
  'THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG';

const known = new Map<string, number>([
  ...hundredths.split(' ').map((code) => [code, 2] as const),
  ...Object.entries(exponents),
]);

const currencyErrors = defineErrors('currency', {
  unknown: { kind: 'invalid', text: '{currency} is not a currency code of ISO 4217.' },
});

/** Whether the text is an active ISO 4217 code, in capitals. */
export function isCurrency(code: string): boolean {
  return known.has(code);
}

/**
 * How many decimals the currency's minor unit stands for (EUR 2, JPY 0, KWD 3).
 * @throws currency.unknown
 */
export function currencyExponent(code: string): number {
  const exponent = known.get(code);
  if (exponent === undefined)
    throw currencyErrors.error('unknown', { currency: code }, { field: 'currency' });
  return exponent;
}
