import { z } from 'zod';

/** As many as a storefront is told at once. */
export const mostRecommended = 10;

const list = z.array(z.uuid()).max(mostRecommended);

/** Both lists whole, in their order; one that is left out stays as it is. */
export const recommendationsInput = z
  .object({
    /** What is bought together with the product. */
    complementaryProductIds: list,
    /** What may be bought instead; what is alike fills up. */
    relatedProductIds: list,
    version: z.int(),
  })
  .partial()
  .meta({ id: 'ProductRecommendationsInput' });

const recommended = z.object({
  id: z.uuid(),
  handle: z.string(),
  title: z.string(),
  status: z.enum(['draft', 'active', 'archived']),
});

export const productRecommendations = z
  .object({
    productId: z.uuid(),
    complementary: z.array(recommended),
    related: z.array(recommended),
    /** The product's. */
    version: z.int(),
  })
  .meta({ id: 'ProductRecommendations' });

export type RecommendationsInput = z.output<typeof recommendationsInput>;
export type ProductRecommendations = z.output<typeof productRecommendations>;
