import { newId } from '@libs/kernel';
import { CatalogModule } from '@libs/catalog';
import { CheckoutModule } from '@libs/checkout';
import { isolationSuite } from '@testing';
import { noteFaults, noteLook } from '../src/checks/store-faults.queries';
import { awaitVatNumber } from '../src/taxes/vat-numbers/vat-rechecks.queries';
import { fillCart } from './cart-lab.builder';
import { seedRules } from './rules-lab.builder';

isolationSuite({
  modules: [CatalogModule, CheckoutModule],
  tables: [
    'carts',
    'cart_lines',
    'checkouts',
    'discounts',
    'discount_codes',
    'discount_units',
    'discount_redemptions',
    'shipping_zones',
    'pickup_points',
    'shipping_settings',
    'rate_services',
    'rate_answers',
    'tax_settings',
    'tax_registrations',
    'tax_rates',
    'tax_services',
    'tax_answers',
    'store_checks',
    'store_faults',
    'vat_rechecks',
  ],
  seed: async (lab, storeId) => {
    const { cart } = await fillCart(lab, storeId);
    await lab.db.write(storeId, (store) =>
      store.execute(
        `INSERT INTO checkouts (store_id, checkout_id, token_hash, cart_id, locale, currency, lines, expires_at)
         VALUES ($1, $2, 'hash', $3, 'en', 'EUR', '[]', now())`,
        [storeId, newId(), cart.cartId],
      ),
    );
    await lab.db.write(storeId, async (store) => {
      const fault = { area: 'stock', kind: 'reserved', subject: 'x', mendable: true } as const;
      await noteFaults(store, [{ ...fault, found: '1', expected: '0' }]);
      await noteLook(store, { startedAt: new Date(), whole: true });
    });
    await lab.db.write(storeId, (store) =>
      awaitVatNumber(store, newId(), { number: 'FR40303265045', country: 'FR' }),
    );
    await seedRules(lab, storeId, cart.lines[0]?.offer.variantId ?? '');
  },
});
