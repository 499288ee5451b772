import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import type { DemoApi } from './demo-api';

interface Product {
  productId: string;
  handle: string;
  title: string;
  version: number;
  media?: unknown[];
}

/**
 * Gives the demo's products their pictures, which come with the platform: a picture belongs to the product after whose
 * handle it is named, with `-2`, `-3` for further ones. A product that has pictures keeps them.
 * @throws ApiRefusal
 */
export async function addPictures(api: DemoApi, storeId: string): Promise<void> {
  const files = pictureFiles();
  const { items } = await api.get<{ items: Product[] }>(`/stores/${storeId}/products?limit=100`);
  for (const product of items) {
    const own = files.filter((file) => belongsTo(file, product.handle)).toSorted();
    if (own.length > 0 && !product.media?.length) await addTo(product, own, { api, storeId });
  }
}

async function addTo(
  product: Product,
  files: string[],
  { api, storeId }: { api: DemoApi; storeId: string },
): Promise<void> {
  const images: { mediaId: string; alt: string }[] = [];
  for (const file of files) {
    const { imageId } = await api.upload<{ imageId: string }>(`/stores/${storeId}/images`, {
      name: file,
      type: 'image/webp',
      content: readFileSync(join(pictureFolder(), file)),
    });
    images.push({ mediaId: imageId, alt: product.title });
  }
  await api.patch(`/stores/${storeId}/products/${product.productId}`, {
    images,
    version: product.version,
  });
}

function belongsTo(file: string, handle: string): boolean {
  const { name } = parse(file);
  return (
    name === handle ||
    (name.startsWith(`${handle}-`) && /^\d+$/.test(name.slice(handle.length + 1)))
  );
}

function pictureFiles(): string[] {
  const folder = pictureFolder();
  return existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.webp')) : [];
}

function pictureFolder(): string {
  return join(__dirname, 'pictures');
}
