import { CatalogModule } from '@libs/catalog';
import { CheckoutModule } from '@libs/checkout';
import { isolationSuite } from '@testing';
import { fillCart } from './cart-lab.builder';

isolationSuite({
  modules: [CatalogModule, CheckoutModule],
  tables: ['carts', 'cart_lines'],
  seed: async (lab, storeId) => {
    await fillCart(lab, storeId);
  },
});
