import { resolve } from 'node:path';
import sharp from 'sharp';
import { type Merchant, eventually } from '../apps/e2e/test/merchant';
import type { Brand, BrandProduct, Shot } from './gallery-brand';
import { brands } from './gallery-brands';
import { type SectionContent, galleryContent } from './gallery-content';
import { openFlashSale } from './gallery-offer';
import { writeReviews } from './gallery-reviews';

const project = resolve(__dirname, '..');

/** What a preset's pictures are taken of. */
export interface GalleryShop {
  brand: Brand;
  /** What its sections say beside what the preset lets them say. */
  contents: Readonly<Record<string, SectionContent>>;
  /** The product that its pages are about. */
  main: string;
  /** The handles of the brand's own products, the main one first; none where the preset names the demo's. */
  handles: readonly string[];
}

interface Known {
  id: string;
  handle: string;
  version: number;
}

/** The entries of the main menu of a shop that has no collections of the demo's. */
const menu = [
  { title: 'Shop all', link: '/collections/all', items: [] },
  { title: 'About us', link: '/pages/about', items: [] },
  { title: 'Journal', link: '/blogs/journal', items: [] },
  { title: 'Contact', link: '/pages/contact', items: [] },
];

/**
 * Makes the demo store the shop of the brand that a preset was drawn for: its name, its products in the place of those
 * that were there, a sale of the first of them, and its reviews.
 * @throws Error with the problem when the API refuses something
 */
export async function openShop(merchant: Merchant, preset: string): Promise<GalleryShop> {
  const brand = brands[preset];
  if (!brand) throw new Error(`The gallery has no shop for the preset "${preset}".`);
  const { version } = await merchant.done('GET ');
  await merchant.done('PATCH ', { body: { name: preset, version } });
  const handles = await sell(merchant, preset, brand);
  const main = handles[0] ?? brand.main ?? '';
  const discount = await openFlashSale(merchant, { handle: main, title: brand.sale });
  const reviews = await writeReviews(merchant, main, brand.reviews ?? []);
  return { brand, contents: galleryContent({ discount, reviews }), main, handles };
}

/** Clears the shelves and fills them with the brand's things; a brand without any keeps those of the demo. */
async function sell(merchant: Merchant, vendor: string, brand: Brand): Promise<string[]> {
  if (brand.products.length === 0) return [];
  for (const list of ['/products', '/collections']) {
    for (const { id } of await merchant.all<Known>(list))
      await merchant.done(`DELETE ${list}/${id}`);
  }
  const handles: string[] = [];
  for (const product of brand.products) handles.push(await put(merchant, vendor, product));
  for (const { title, type, picture } of brand.collections ?? []) {
    const mediaId = await upload(merchant, picture);
    const rules = { any: [{ field: 'type', operator: 'equals', value: type }] };
    await merchant.done('POST /collections', { body: { title, rules, mediaId, published: true } });
  }
  const menus = await merchant.all<Known>('/menus');
  const top = menus.find(({ handle }) => handle === 'main-menu');
  if (top)
    await merchant.done(`PATCH /menus/${top.id}`, { body: { items: menu, version: top.version } });
  await write(merchant, brand);
  return handles;
}

/** @returns the handle of the new product */
async function put(merchant: Merchant, vendor: string, product: BrandProduct): Promise<string> {
  const { title, type, text, priceMinor, tags = [], option, stock = 60 } = product;
  const images: { mediaId: string; alt: string }[] = [];
  for (const shot of product.pictures)
    images.push({ mediaId: await upload(merchant, shot), alt: title });
  const counted = { tracked: true, quantity: stock };
  const choices = Object.entries(option?.values ?? {});
  const variants =
    option === undefined
      ? [{ priceMinor, ...counted }]
      : choices.map(([value, price]) => ({ options: [value], priceMinor: price, ...counted }));
  const body = {
    title,
    vendor,
    productType: type,
    bodyHtml: `<p>${text}</p>`,
    tags,
    options: option === undefined ? [] : [{ name: option.name }],
    variants,
    images,
    published: true,
  };
  return ((await merchant.done('POST /products', { body })) as Known).handle;
}

/** Puts the brand's words where the demo has its own: the page about the shop, and the journal. */
async function write(merchant: Merchant, { about, articles = [] }: Brand): Promise<void> {
  const pages = await merchant.all<Known>('/pages');
  const page = pages.find(({ handle }) => handle === 'about');
  if (about !== undefined && page)
    await merchant.done(`PATCH /pages/${page.id}`, {
      body: { bodyHtml: about, version: page.version },
    });
  const [blog] = await merchant.all<Known>('/blogs');
  if (!blog || articles.length === 0) return;
  const written = await merchant.all<Known>(`/blogs/${blog.id}/articles`);
  for (const [at, { picture, ...words }] of articles.entries()) {
    const article = written[at];
    if (!article) continue;
    const mediaId = await upload(merchant, picture);
    const body = { ...words, mediaId, tags: [], version: article.version };
    await merchant.done(`PATCH /blogs/${blog.id}/articles/${article.id}`, { body });
  }
}

/** @returns the id of the picture, as soon as pages can show it */
async function upload(merchant: Merchant, shot: Shot): Promise<string> {
  const content = await developed(shot);
  const { id } = await merchant.done('POST /images', { file: { name: 'shot.webp', content } });
  await eventually('the picture to be ready', async () => {
    const { state } = await merchant.done(`GET /images/${id}`);
    return state === 'ready' || null;
  });
  return id as string;
}

/** The part of the picture that is wanted, as WebP. */
async function developed(shot: Shot): Promise<Buffer> {
  const [path, part] = typeof shot === 'string' ? [shot, [0, 0, 100, 100] as const] : shot;
  const image = sharp(resolve(project, path));
  const { width, height } = await image.metadata();
  const [left, top, wide, high] = part;
  const of = (side: number, share: number): number => Math.round((side * share) / 100);
  const box = {
    left: of(width, left),
    top: of(height, top),
    width: of(width, wide),
    height: of(height, high),
  };
  return image.extract(box).webp({ quality: 90 }).toBuffer();
}
