import type { DemoApi } from './demo-api';

/** Ways to pay that work without an account anywhere. */
const accounts = [
  {
    provider: 'test',
    title: 'Test payment',
    description: 'No real money moves: for trying the shop.',
    enabled: true,
    position: 0,
  },
  {
    provider: 'manual',
    title: 'Bank transfer',
    description: 'We send the parcel when your transfer has arrived.',
    instructions: 'Please transfer the total to DE02 1203 0000 0000 2020 51, naming your order.',
    enabled: true,
    position: 1,
  },
  {
    provider: 'cash_on_delivery',
    title: 'Cash on delivery',
    description: 'You pay the carrier.',
    countries: ['DE'],
    feeMinor: 390,
    enabled: true,
    position: 2,
  },
];

/** Lets shoppers of the demo pay, each way once. */
export async function addPayments(api: DemoApi, storeId: string): Promise<void> {
  const path = `/stores/${storeId}/payment-accounts`;
  const { items } = await api.get<{ items: { provider: string }[] }>(path);
  for (const account of accounts) {
    if (items.some(({ provider }) => provider === account.provider)) continue;
    await api.post(path, account);
  }
}
