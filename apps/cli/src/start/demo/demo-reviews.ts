import type { DemoApi } from './demo-api';

/** Product, stars, title, text, author, place, day. */
type Review = [string, number, string, string, string, string, string];

const reviews: Review[] = [
  [
    'bottle-vase',
    5,
    'One branch is enough',
    'It stands by the window with a single twig of beech and needs nothing else.',
    'Marta',
    'Leipzig',
    '2026-10-02',
  ],
  [
    'bottle-vase',
    4,
    'Smaller than I thought',
    'Lovely glaze. I should have read the height twice, so a larger one follows.',
    'Tom',
    'Gent',
    '2026-09-14',
  ],
  [
    'moon-jar',
    5,
    'The calmest thing we own',
    'Heavier than it looks, and the surface changes with the light of the day.',
    'Yuki',
    'Hamburg',
    '2026-10-20',
  ],
  [
    'nesting-bowls',
    5,
    'Used at every meal',
    'All three sizes are on the table daily, and the dishwasher has not hurt them.',
    'Amina',
    'Wien',
    '2026-08-30',
  ],
  [
    'nesting-bowls',
    5,
    'They really nest',
    'The shelf has room again. The smallest one is right for olives.',
    'Piet',
    'Utrecht',
    '2026-07-11',
  ],
  [
    'nesting-bowls',
    4,
    'Good bowls',
    'One came with a chip. A picture by mail, and a new one was there in three days.',
    'Sofia',
    'Graz',
    '2026-06-03',
  ],
  [
    'three-cups',
    5,
    'No handle missed',
    'They keep the heat in and the fingers out. Tea for two, and one to spare.',
    'Lena',
    'Bern',
    '2026-09-27',
  ],
  [
    'supper-plates',
    4,
    'Honest plates',
    'A little heavy for a stack of eight, but they make any supper look intended.',
    'Marc',
    'Lyon',
    '2026-05-19',
  ],
  [
    'linen-bath-towels',
    5,
    'Dry in an hour',
    'Rough for two weeks and soft ever since. They dry on the rail within an hour.',
    'Hanna',
    'Kiel',
    '2026-08-08',
  ],
  [
    'linen-bath-towels',
    3,
    'Takes getting used to',
    'They dry well, but somebody who likes fluffy towels should know what linen is.',
    'Oskar',
    'Malmö',
    '2026-04-22',
  ],
  [
    'dome-lamp',
    5,
    'Light where it is needed',
    'Hangs low over the table and does not dazzle anybody. The cable could be longer.',
    'Elif',
    'Köln',
    '2026-10-29',
  ],
  [
    'fireside-candle',
    5,
    'Burns straight down',
    'Forty hours, no soot, and the smell stays in the background.',
    'Ruth',
    'Basel',
    '2026-11-03',
  ],
];

const fields = [
  { key: 'title', name: 'Title', type: 'single_line_text_field' },
  { key: 'text', name: 'Text', type: 'multi_line_text_field', required: true },
  { key: 'author', name: 'Author', type: 'single_line_text_field', required: true },
  { key: 'place', name: 'Place', type: 'single_line_text_field' },
  { key: 'rating', name: 'Rating', type: 'rating', required: true },
  { key: 'date', name: 'Date', type: 'date' },
  { key: 'product', name: 'Product', type: 'product_reference' },
];

/** The handles of the demo's reviews, newest first: what settings of themes name. */
export const reviewHandles: readonly string[] = reviews
  .toSorted((a, b) => (a[6] < b[6] ? 1 : -1))
  .map(handleOf);

/** Gives the demo store reviews, and its products the ratings that these add up to. @throws ApiRefusal */
export async function writeReviews(api: DemoApi, storeId: string): Promise<void> {
  const path = `/stores/${storeId}`;
  const kinds = await api.get<{ items: { type: string }[] }>(`${path}/metaobject-definitions`);
  if (!kinds.items.some(({ type }) => type === 'review')) {
    const definition = { type: 'review', name: 'Review', displayField: 'title', fields };
    await api.post(`${path}/metaobject-definitions`, definition);
  }
  const written = await api.get<{ items: { handle: string }[] }>(
    `${path}/metaobjects?type=review&limit=100`,
  );
  const there = new Set(written.items.map(({ handle }) => handle));
  for (const review of reviews) {
    const [product, stars, title, text, author, place, date] = review;
    if (there.has(handleOf(review))) continue;
    const rating = { value: stars, scale_min: 1, scale_max: 5 };
    const values = { title, text, author, place, rating, date, product };
    await api.post(`${path}/metaobjects`, {
      type: 'review',
      handle: handleOf(review),
      fields: values,
    });
  }
  await rateProducts(api, path);
}

async function rateProducts(api: DemoApi, path: string): Promise<void> {
  const { items } = await api.get<{ items: { id: string; handle: string; version: number }[] }>(
    `${path}/products?limit=100`,
  );
  for (const { id, handle, version } of items) {
    const stars = reviews.filter(([product]) => product === handle).map(([, given]) => given);
    if (stars.length === 0) continue;
    const average = stars.reduce((sum, given) => sum + given, 0) / stars.length;
    const value = { value: Math.round(average * 10) / 10, scale_min: 1, scale_max: 5 };
    const metafields = [
      { namespace: 'reviews', key: 'rating', type: 'rating', value },
      { namespace: 'reviews', key: 'rating_count', type: 'number_integer', value: stars.length },
    ];
    await api.patch(`${path}/products/${id}`, { metafields, version });
  }
}

function handleOf([product, , , , author]: Review): string {
  return `${product}-${author.toLowerCase()}`;
}
