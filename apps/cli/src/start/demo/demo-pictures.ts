import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { DemoApi } from './demo-api';
import { type DemoPicture, readDemoCatalogue } from './demo-catalogue';

interface Product {
  id: string;
  handle: string;
  title: string;
  version: number;
  mediaId: string | null;
}

/**
 * Gives the demo's products their pictures, which come with the platform. A product that has some keeps them.
 * @throws ApiRefusal
 */
export async function addPictures(api: DemoApi, storeId: string): Promise<void> {
  const { pictures } = readDemoCatalogue();
  const { items } = await api.get<{ items: Product[] }>(`/stores/${storeId}/products?limit=100`);
  for (const product of items) {
    const own = pictures.get(product.handle) ?? [];
    if (own.length > 0 && product.mediaId === null) await addTo(product, own, { api, storeId });
  }
}

async function addTo(
  product: Product,
  pictures: DemoPicture[],
  { api, storeId }: { api: DemoApi; storeId: string },
): Promise<void> {
  const images: { mediaId: string; alt: string }[] = [];
  for (const { file, alt } of pictures) {
    const { id: mediaId } = await api.upload<{ id: string }>(`/stores/${storeId}/images`, {
      name: basename(file),
      type: 'image/webp',
      content: readFileSync(join(__dirname, file)),
    });
    images.push({ mediaId, alt: alt || product.title });
  }
  await api.patch(`/stores/${storeId}/products/${product.id}`, {
    images,
    version: product.version,
  });
}
