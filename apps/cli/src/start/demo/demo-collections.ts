import type { DemoApi } from './demo-api';
import { uploadPicture } from './upload-picture';

interface Collection {
  handle: string;
}

const types = (...names: string[]) => ({
  any: names.map((value) => ({ field: 'type', operator: 'equals', value })),
});

/** Collections that the first-party theme's front page asks for; each fills itself by its rules. */
const collections = [
  {
    handle: 'vases-and-jars',
    title: 'Vases & jars',
    bodyHtml: '<p>Thrown, left matt outside, glazed inside so that they hold water.</p>',
    rules: types('Vases'),
    picture: 'morning.webp',
  },
  {
    handle: 'tableware',
    title: 'Tableware',
    bodyHtml: '<p>Stoneware for every day, safe in the dishwasher and kind to the table.</p>',
    rules: types('Tableware'),
    picture: 'ceramics.webp',
  },
  {
    handle: 'linen-and-light',
    title: 'Linen & light',
    bodyHtml: '<p>What a room needs in the evening.</p>',
    rules: types('Linen', 'Light'),
    picture: 'lamp.webp',
  },
];

/** Gives the demo store its collections, leaving alone any that is there. @throws ApiRefusal */
export async function makeCollections(api: DemoApi, storeId: string): Promise<void> {
  const path = `/stores/${storeId}/collections`;
  const { items } = await api.get<{ items: Collection[] }>(`${path}?limit=100`);
  const there = new Set(items.map(({ handle }) => handle));
  for (const { picture, ...collection } of collections) {
    if (there.has(collection.handle)) continue;
    const mediaId = await uploadPicture(api, storeId, picture);
    await api.post(path, { ...collection, mediaId, sortOrder: 'title-ascending', published: true });
  }
}
