import { newId } from '@libs/kernel';
import { type PayFlow, Payments, type PaymentView } from '@libs/payments';
import type { Lab } from '@testing';
import type { Fact } from '../src/facts/fact';
import { PaymentLedger } from '../src/payment-ledger.service';
import { PaymentAccounts } from '../src/accounts/payment-accounts.service';
import type { PaymentAccountInput } from '../src/contract';

type LabParts = Pick<Lab, 'db' | 'get'>;

/** An account of a provider, enabled and in test mode. */
export async function anAccount(
  lab: LabParts,
  storeId: string,
  { provider, ...settings }: Omit<PaymentAccountInput, 'enabled'>,
): Promise<string> {
  const instructions = 'Pay to DE02 1203 0000 0000 2020 51.';
  const { id } = await lab.db.write(storeId, (store) =>
    lab.get(PaymentAccounts).create(store, {
      provider,
      title: `By ${provider}`,
      enabled: true,
      instructions,
      ...settings,
    }),
  );
  return id;
}

/** A payment of a checkout of its own, 10.00 EUR unless said otherwise. */
export async function aPayment(
  lab: LabParts,
  storeId: string,
  accountId: string,
  {
    amountMinor = 1000,
    currency = 'EUR',
    checkoutId = newId(),
    payKey = newId(),
    flow,
  }: {
    amountMinor?: number;
    currency?: string;
    checkoutId?: string;
    payKey?: string;
    flow?: PayFlow;
  } = {},
): Promise<string> {
  const returnUrl = 'http://shop.localhost/return';
  const money = { amountMinor, currency };
  const { paymentId } = await lab.db.write(storeId, (store) =>
    lab.get(Payments).create(store, { checkoutId, payKey, accountId, money, returnUrl, flow }),
  );
  return paymentId;
}

/** Lets a provider tell facts. */
export function tell(
  lab: LabParts,
  storeId: string,
  paymentId: string,
  facts: Fact[],
): Promise<void> {
  return lab.db.write(storeId, (store) =>
    lab.get(PaymentLedger).tell(store, paymentId, facts, 'webhook'),
  );
}

/** The payment as other slices see it. */
export function viewOf(lab: LabParts, storeId: string, paymentId: string): Promise<PaymentView> {
  return lab.db.read(storeId, (store) => lab.get(Payments).get(store, paymentId));
}
