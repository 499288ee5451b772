import type { Payments } from '@libs/payments';
import type { StoreWriter } from '@platform/database';
import { readOrder } from '../orders/order-rows.queries';
import { readBalance } from './balance';

/**
 * Money that people look after is asked for anew when an order costs something else than before: a bank transfer of
 * which nothing or a part came is of what is due by now.
 */
export async function askByHand(
  { store, payments }: { store: StoreWriter; payments: Payments },
  orderId: string,
): Promise<void> {
  const order = await readOrder(store, orderId);
  const { owedMinor, money } = await readBalance(store, payments, order);
  const open = money.views.find(
    (view) =>
      ['manual', 'cash_on_delivery'].includes(view.provider) &&
      view.authorizedMinor === 0 &&
      view.capturedMinor < view.money.amountMinor &&
      ['created', 'part_captured'].includes(view.state),
  );
  if (!open || owedMinor === 0) return;
  const amountMinor = open.capturedMinor + owedMinor;
  await payments.askByHand(store, open.paymentId, amountMinor);
}
