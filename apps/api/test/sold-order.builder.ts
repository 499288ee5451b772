import { OpenCarts } from '@libs/checkout';
import { newId } from '@libs/kernel';
import { afterSales, Orders } from '@libs/orders';
import { Payments } from '@libs/payments';
import type { ApiLab, Lab } from '@testing';
import { Checkouts } from '../../../libs/checkout/src/checkouts/checkouts.service';
import { aSnapshot, anAddress } from '../../../libs/orders/test/order.builder';
import { aPayment, anAccount, tell } from '../../../libs/payments/test/payments-lab';

/** An order as only shoppers make it, with the ids by which the API knows its parts. */
export interface SoldOrder {
  orderId: string;
  lineId: string;
  chargeId: string;
}

/** What is sold, and what became of its money. */
export interface SaleOfOrder {
  word: string;
  money?: 'captured' | 'authorized' | 'none';
  /** Whether it is gift cards, which are issued then. */
  gifts?: boolean;
}

/** Sells two of something to a shopper of that word. */
export async function sellOrder(
  { app, db }: Pick<ApiLab, 'app' | 'db'>,
  storeId: string,
  { word, money = 'captured', gifts = false }: SaleOfOrder,
): Promise<SoldOrder> {
  const get: Lab['get'] = (token) => app.get(token, { strict: false });
  const lab = { db, get };
  const checkoutId = newId();
  const address = anAddress({ name: `Ada ${word}` });
  const draft = aSnapshot({
    checkoutId,
    email: `buyer-${word}@example.test`,
    lines: [{ title: `Vase ${word}`, giftCard: gifts }],
    shippingAddress: address,
    billingAddress: address,
  });
  const amountMinor = draft.totals.totalMinor;
  const accountId = await anAccount(lab, storeId, { provider: 'manual' });
  const paymentId = await aPayment(lab, storeId, accountId, { amountMinor, checkoutId });
  const fact = {
    objectId: newId(),
    at: new Date().toISOString(),
    money: { amountMinor, currency: 'EUR' },
  };
  if (money === 'captured') {
    await tell(lab, storeId, paymentId, [{ ...fact, kind: 'capture', status: 'succeeded' }]);
  } else if (money === 'authorized') {
    await tell(lab, storeId, paymentId, [{ ...fact, kind: 'auth', status: 'authorized' }]);
  }
  return db.write(storeId, async (store) => {
    const orders = get(Orders);
    const { orderId } = await orders.create(store, {
      ...draft,
      tenders: [{ kind: 'provider', id: paymentId, amountMinor }],
      financial: {
        authorizedMinor: money === 'authorized' ? amountMinor : 0,
        capturedMinor: money === 'captured' ? amountMinor : 0,
      },
    });
    await get(Payments).assignOrder(store, checkoutId, orderId);
    if (gifts) await get(afterSales.SoldGiftCards).issue(store, orderId);
    const { lines, charges } = await orders.get(store, orderId);
    return { orderId, lineId: lines[0]?.id ?? '', chargeId: charges[0]?.id ?? '' };
  });
}

/** A checkout that a shopper began; answers its id. @param variantId of what they want */
export async function beginCheckout(
  { app, db }: Pick<ApiLab, 'app' | 'db'>,
  storeId: string,
  { word, variantId }: { word: string; variantId: string },
): Promise<string> {
  const checkouts = app.get(Checkouts, { strict: false });
  const [row] = await db.read(storeId, (store) =>
    store.query<{ id: number }>('SELECT public_id AS id FROM variants WHERE variant_id = $1', [
      variantId,
    ]),
  );
  const want = { variant: row?.id ?? 0, quantity: 1, properties: [] };
  const cart = await db.write(storeId, (store) =>
    app.get(OpenCarts, { strict: false }).add(store, { token: null, currency: 'EUR' }, [want]),
  );
  if (cart.kind !== 'done') throw new Error(`The cart of ${word} was not filled: ${cart.kind}.`);
  return checkouts.write(storeId, async (store) => {
    const begun = { cartToken: cart.token, browser: word, locale: 'en', source: word };
    const token = await checkouts.start(store, { ...begun, customerId: null });
    await checkouts.update(store, token ?? '', { email: `left-${word}@example.test` });
    return (await checkouts.find(store, token ?? ''))?.checkoutId ?? '';
  });
}

/** Declares a withdrawal as only shoppers do; answers its id. @param orderId null for one that names no order */
export async function declareWithdrawal(
  { app, db }: Pick<ApiLab, 'app' | 'db'>,
  storeId: string,
  { word, orderId }: { word: string; orderId: string | null },
): Promise<string> {
  const withdrawals = app.get(afterSales.Withdrawals, { strict: false });
  return db.write(storeId, async (store) => {
    const { id } = await withdrawals.receive(store, {
      key: newId(),
      orderId,
      name: `Ada ${word}`,
      reference: `Order of ${word}`,
      email: `buyer-${word}@example.test`,
      lines: null,
      goods: `The vase of ${word}`,
      locale: 'en',
      submittedAt: new Date(),
      ipHash: null,
      pageVersion: 'test',
    });
    if (orderId !== null) await withdrawals.match(store, id);
    return id;
  });
}
