import { newId } from '@libs/kernel';
import { CatalogModule } from '@libs/catalog';
import { CheckoutModule } from '@libs/checkout';
import { isolationSuite } from '@testing';
import { fillCart } from './cart-lab.builder';

isolationSuite({
  modules: [CatalogModule, CheckoutModule],
  tables: ['carts', 'cart_lines', 'checkouts'],
  seed: async (lab, storeId) => {
    const { cart } = await fillCart(lab, storeId);
    await lab.db.write(storeId, (store) =>
      store.execute(
        `INSERT INTO checkouts (store_id, checkout_id, token_hash, cart_id, locale, currency, lines, expires_at)
         VALUES ($1, $2, 'hash', $3, 'en', 'EUR', '[]', now())`,
        [storeId, newId(), cart.cartId],
      ),
    );
  },
});
