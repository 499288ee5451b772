import type { Money } from '@libs/kernel';
import { isByHand, type PaymentMethod } from '../payment-views';
import type { PaymentAccountRow } from '../payments.entities';
import type { Capabilities } from '../providers/payment-provider';

/** What is to be paid: how much, where the goods go, and how the store's own amounts are made into that currency. */
export interface MethodQuestion {
  money: Money;
  /** Null when unknown. */
  country: string | null;
  /** Left out where the store's currency is paid in. */
  convert?: (amountMinor: number) => number;
}

/** The account as a way to pay this sum there, or null when it is none. */
export function offeredMethod(
  account: PaymentAccountRow,
  capabilities: Capabilities,
  { money, country, convert = (amountMinor) => amountMinor }: MethodQuestion,
): PaymentMethod | null {
  const { countries, minMinor, maxMinor, feeMinor, capture } = account.settings;
  const { amountMinor, currency } = money;
  const fits =
    account.keysRefusedAt === null &&
    capabilities.takes(currency) &&
    amountMinor >= Math.max(convert(minMinor ?? 0), capabilities.minMinor(currency)) &&
    (maxMinor === null || amountMinor <= convert(maxMinor)) &&
    (countries === null || (country !== null && countries.includes(country)));
  if (!fits) return null;
  return {
    accountId: account.accountId,
    provider: account.provider,
    title: account.title,
    description: account.description,
    testMode: account.testMode,
    capture: capabilities.separateCapture ? capture : 'now',
    feeMinor: convert(feeMinor),
    placesAtOnce: isByHand(account.provider),
    ...(capabilities.express ? { express: true } : {}),
  };
}
