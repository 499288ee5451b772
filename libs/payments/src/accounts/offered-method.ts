import type { Money } from '@libs/kernel';
import { isByHand, type PaymentMethod } from '../payment-views';
import type { PaymentAccountRow } from '../payments.entities';
import type { Capabilities } from '../providers/payment-provider';

/** The account as a way to pay this sum there, or null when it is none. */
export function offeredMethod(
  account: PaymentAccountRow,
  capabilities: Capabilities,
  { money, country }: { money: Money; country: string | null },
): PaymentMethod | null {
  const { countries, minMinor, maxMinor, feeMinor, capture } = account.settings;
  const { amountMinor, currency } = money;
  const fits =
    capabilities.takes(currency) &&
    amountMinor >= Math.max(minMinor ?? 0, capabilities.minMinor(currency)) &&
    (maxMinor === null || amountMinor <= maxMinor) &&
    (countries === null || (country !== null && countries.includes(country)));
  if (!fits) return null;
  return {
    accountId: account.accountId,
    provider: account.provider,
    title: account.title,
    description: account.description,
    testMode: account.testMode,
    capture: capabilities.separateCapture ? capture : 'now',
    feeMinor,
    placesAtOnce: isByHand(account.provider),
  };
}
