import { type CartOutcome, OpenCarts } from '@libs/checkout';
import type { Lab } from '@testing';
import { writeProducts } from '../../catalog/src/product-write';
import { aProduct } from './cart.builder';

/** Writes the product of the tests; returns the public ids of its variants by SKU. */
export async function sell(
  lab: Pick<Lab, 'db'>,
  storeId: string,
  more: Parameters<typeof aProduct>[0] = {},
): Promise<Record<string, number>> {
  await lab.db.write(storeId, (store) =>
    writeProducts(store, [aProduct(more)], { overwrite: true }),
  );
  const rows = await lab.db.read(storeId, (store) =>
    store.query<{ sku: string; id: number }>('SELECT sku, public_id AS id FROM variants'),
  );
  return Object.fromEntries(rows.map(({ sku, id }) => [sku, id]));
}

/** A cart with one shirt of the counted size. */
export async function fillCart(
  lab: Pick<Lab, 'db' | 'get'>,
  storeId: string,
): Promise<Extract<CartOutcome, { kind: 'done' }>> {
  const { 'LS-S': variant = 0 } = await sell(lab, storeId);
  const outcome = await lab.db.write(storeId, (store) =>
    lab
      .get(OpenCarts)
      .add(store, { token: null, currency: 'EUR' }, [{ variant, quantity: 1, properties: [] }]),
  );
  if (outcome.kind !== 'done') throw new Error(`The cart was not filled: ${outcome.kind}.`);
  return outcome;
}
