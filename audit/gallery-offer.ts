import type { Merchant } from '../apps/e2e/test/merchant';

interface Product {
  id: string;
  handle: string;
}

interface Variant {
  id: string;
}

/** Of each variant so many are sold at the lower price, and the sale so often in all. */
const units = 12;
const orders = 40;
const days = 5;

/**
 * Opens a flash sale of a product: fewer units than there are orders wanted, and an end a few days ahead, so that
 * sections that are bound to a discount have one to show.
 * @param sale the product's handle, and what shoppers read
 * @returns the discount's id
 * @throws Error with the problem when the API refuses it
 */
export async function openFlashSale(
  merchant: Merchant,
  { handle, title }: { handle: string; title: string },
): Promise<string> {
  const products = await merchant.all<Product>('/products');
  const product = products.find((one) => one.handle === handle);
  if (!product) throw new Error(`The demo store has no product "${handle}" to sell.`);
  const { variants } = (await merchant.done(`GET /products/${product.id}`)) as {
    variants: Variant[];
  };
  const endsAt = new Date(Date.now() + days * 86_400_000);
  const body = {
    title,
    method: 'automatic',
    rule: {
      kind: 'flash_sale',
      benefit: { percent: 20 },
      units: variants.map(({ id }) => ({ variantId: id, quantity: units })),
    },
    usageLimit: orders,
    endsAt: endsAt.toISOString(),
  };
  return ((await merchant.done('POST /discounts', { body })) as { id: string }).id;
}
