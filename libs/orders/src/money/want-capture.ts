import { type Payments, paymentsErrors, type PaymentView } from '@libs/payments';
import type { StoreWriter } from '@platform/database';

/**
 * Wants all that a payment holds to be taken, under this name once; nothing where somebody wanted it already under
 * another one.
 */
export async function wantWhatIsHeld(
  { store, payments }: { store: StoreWriter; payments: Payments },
  { paymentId, authorizedMinor: amountMinor }: PaymentView,
  key: string,
): Promise<void> {
  if (amountMinor === 0) return;
  try {
    await payments.wantCapture(store, { paymentId, amountMinor, key });
  } catch (error) {
    if (!paymentsErrors.is(error, 'capture-too-large')) throw error;
  }
}
