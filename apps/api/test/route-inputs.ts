import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { newId } from '@libs/kernel';
import type { ApiCall } from '@testing';
import { aTheme, zipOf } from '../../../libs/themes/test/theme.builder';
import { type ExampleSource, example } from './example-body';
import type { Operation } from './operations';

/** Whose request it is: a word that stands in everything of theirs, and the ids that the body may name. */
export interface InputContext extends ExampleSource {
  word: string;
}

type Input = Pick<ApiCall, 'body' | 'file' | 'headers'>;

/** Requests that the schema alone cannot tell. The handles are the same for everybody: stores meet nowhere. */
const inputs: Record<string, (context: InputContext) => Input | Promise<Input>> = {
  'POST /api/v1/sign-up': ({ word }) => ({
    body: {
      email: `somebody-${word}@example.test`,
      password: 'a long enough password',
      name: word,
      store: { name: word, currency: 'EUR', country: 'DE', locale: 'en' },
    },
  }),
  'POST /api/v1/stores': ({ word, ids }) => ({
    body: {
      organizationId: ids.organizationId,
      name: `Second ${word}`,
      currency: 'EUR',
      country: 'DE',
      locale: 'en',
    },
  }),
  'POST /api/v1/stores/{storeId}/pages': ({ word }) => ({
    body: { title: `About ${word}`, handle: 'about', bodyHtml: `<p>${word}</p>` },
  }),
  'POST /api/v1/stores/{storeId}/blogs': ({ word }) => ({
    body: { title: `Journal ${word}`, handle: 'journal' },
  }),
  'POST /api/v1/stores/{storeId}/blogs/{blogId}/articles': ({ word, ids }) => ({
    body: {
      title: `First ${word}`,
      handle: 'first',
      author: word,
      bodyHtml: `<p>${word}</p>`,
      tags: [word],
      mediaId: ids.imageId,
    },
  }),
  'POST /api/v1/stores/{storeId}/metaobject-definitions': ({ word }) => ({
    body: {
      type: `review-${word}`,
      name: `Review ${word}`,
      fields: [{ key: 'text', name: `Text ${word}`, type: 'single_line_text_field' }],
    },
  }),
  'POST /api/v1/stores/{storeId}/metaobjects': ({ word }) => ({
    body: { type: `review-${word}`, handle: 'first', fields: { text: word } },
  }),
  'POST /api/v1/stores/{storeId}/customers': ({ word }) => ({
    body: { email: `customer-${word}@example.test`, firstName: word, tags: [word] },
  }),
  'POST /api/v1/stores/{storeId}/customer-groups': ({ word }) => ({
    body: { name: `Friends of ${word}` },
  }),
  'POST /api/v1/stores/{storeId}/gift-cards': () => ({
    body: { amountMinor: 2500, currency: 'EUR' },
  }),
  'POST /api/v1/stores/{storeId}/customers/{customerId}/store-credit/entries': ({ word }) => ({
    body: { amountMinor: 500, currency: 'EUR', reason: `Sorry, ${word}` },
  }),
  'POST /api/v1/stores/{storeId}/payment-accounts': ({ word }) => ({
    body: { provider: 'manual', title: `Transfer ${word}`, instructions: `To ${word}` },
  }),
  'PUT /api/v1/stores/{storeId}/policies': ({ ids }) => ({
    body: { termsPageId: ids.pageId ?? null },
  }),
  'POST /api/v1/stores/{storeId}/menus': ({ word }) => ({
    body: {
      title: `Menu ${word}`,
      handle: 'side',
      items: [{ title: word, link: '/pages/about', items: [] }],
    },
  }),
  'POST /api/v1/stores/{storeId}/hostnames': ({ word }) => ({
    body: { hostname: `shop.${word}.example.com` },
  }),
  'POST /api/v1/organizations/{organizationId}/invitations': ({ word, ids }) => ({
    body: { email: `guest-of-${word}@example.test`, roleId: ids.roleId, storeIds: null },
  }),
  'POST /api/v1/organizations/{organizationId}/roles': ({ word }) => ({
    body: { name: `Role ${word}`, permissions: ['store.view'] },
  }),
  'POST /api/v1/stores/{storeId}/images': async ({ word }) => ({
    file: { name: `${word}.png`, content: await picture(word) },
  }),
  'POST /api/v1/stores/{storeId}/products': ({ word, ids }) => ({
    body: {
      title: `Vase ${word}`,
      handle: 'vase',
      vendor: word,
      productType: `Type ${word}`,
      tags: [word],
      status: 'active',
      options: [{ name: 'Size', values: [`Small ${word}`] }],
      variants: [{ options: [`Small ${word}`], priceMinor: 1900, tracked: true, quantity: 3 }],
      images: [{ mediaId: ids.imageId, alt: word }],
      metafields: [{ namespace: 'care', key: 'note', type: 'single_line_text_field', value: word }],
    },
  }),
  'POST /api/v1/stores/{storeId}/products/{productId}/variants': ({ word }) => ({
    body: { options: [`Large ${word}`], priceMinor: 2900, sku: `LARGE-${word}` },
  }),
  'PUT /api/v1/stores/{storeId}/products/{productId}/recommendations': () => ({
    body: { complementaryProductIds: [] },
  }),
  'POST /api/v1/stores/{storeId}/collections': ({ word, ids }) => ({
    body: {
      title: `Vases ${word}`,
      handle: 'vases',
      mediaId: ids.imageId,
      rules: { all: [{ field: 'tag', operator: 'equals', value: word }] },
    },
  }),
  'PUT /api/v1/stores/{storeId}/collections/{collectionId}/products': ({ ids }) => ({
    body: { productIds: [ids.productId] },
  }),
  'POST /api/v1/stores/{storeId}/locations': ({ word }) => ({ body: { name: `Shed ${word}` } }),
  'POST /api/v1/stores/{storeId}/inventory-levels/{itemId}/{locationId}/moves': () => ({
    body: { from: 'available', to: 'safety_stock', quantity: 1 },
  }),
  'POST /api/v1/stores/{storeId}/transfers': ({ word, ids }) => ({ body: transferOf(word, ids) }),
  'POST /api/v1/stores/{storeId}/transfers/{transferId}/receive': ({ ids }) => ({
    body: { lines: [{ itemId: ids.sentItemId, received: 1 }] },
  }),
  'POST /api/v1/stores/{storeId}/discounts': ({ word }) => ({
    body: {
      title: `Ten percent ${word}`,
      method: 'code',
      code: `SAVE-${word}`,
      rule: { kind: 'amount_off', on: 'order', benefit: { percent: 10 } },
    },
  }),
  'POST /api/v1/stores/{storeId}/discounts/{discountId}/codes': ({ word }) => ({
    body: { codes: [`MORE-${word}`] },
  }),
  'POST /api/v1/stores/{storeId}/markets': ({ word }) => ({
    body: { name: `Market ${word}`, countries: [countryOf(word)], currency: 'JPY', rate: '163.48' },
  }),
  'PUT /api/v1/stores/{storeId}/markets/{marketId}/prices': ({ ids }) => ({
    body: { prices: [{ variantId: ids.variantId, priceMinor: 4_711 }] },
  }),
  'POST /api/v1/stores/{storeId}/price-schedules': ({ word, ids }) => ({
    body: {
      title: `Sale ${word}`,
      startsAt: hourOf(word, 0),
      endsAt: hourOf(word, 1),
      prices: [{ variantId: ids.variantId, priceMinor: 4_711 }],
    },
  }),
  'POST /api/v1/stores/{storeId}/shipping-zones': ({ word }) => ({
    body: {
      name: `Zone ${word}`,
      countries: [{ country: countryOf(word) }],
      rates: [{ name: `Parcel ${word}`, by: 'flat', steps: [{ from: 0, priceMinor: 490 }] }],
    },
  }),
  'POST /api/v1/stores/{storeId}/rate-services': ({ word }) => ({
    body: {
      name: `Courier ${word}`,
      address: 'https://example.com/rates',
      origin: { country: 'DE', zip: '10119' },
    },
  }),
  'PUT /api/v1/stores/{storeId}/pickup-points/{locationId}': ({ word }) => ({
    body: { title: `Shed ${word}`, address: { address1: word, city: word, country: 'DE' } },
  }),
  'POST /api/v1/stores/{storeId}/tax-registrations': ({ word }) => ({
    body: { scheme: 'local', country: countryOf(word), number: `VAT ${word}`, from: '2026-01-01' },
  }),
  'POST /api/v1/stores/{storeId}/tax-services': ({ word }) => ({
    body: { name: `Levy ${word}`, address: 'https://example.com/taxes', countries: ['US'] },
  }),
  'POST /api/v1/stores/{storeId}/tax-rates': ({ word }) => ({
    body: {
      country: countryOf(word),
      category: 'tea',
      name: `Tea ${word}`,
      percent: 5,
      from: '2026-01-01',
    },
  }),
  'POST /api/v1/stores/{storeId}/metafield-definitions': ({ word }) => ({
    body: {
      owner: 'product',
      namespace: 'care',
      key: `note_${word}`,
      name: `Note ${word}`,
      type: 'single_line_text_field',
    },
  }),
  'POST /api/v1/stores/{storeId}/product-imports': ({ word }) => ({
    file: {
      name: `${word}.csv`,
      content: `Handle,Title,Vendor,Variant Price,Variant SKU\nimported,Imported ${word},${word},12.50,SKU-${word}\n`,
    },
  }),
  'POST /api/v1/stores/{storeId}/draft-orders': ({ word }) => ({ body: draftOf(word) }),
  ...Object.fromEntries(
    ['edits', 'edit-previews'].map((what) => [
      `POST /api/v1/stores/{storeId}/orders/{orderId}/${what}`,
      ({ word }: InputContext) => ({
        body: { add: [{ title: `Card for ${word}`, unitMinor: 300, quantity: 1 }] },
      }),
    ]),
  ),
  'POST /api/v1/stores/{storeId}/orders/{orderId}/exchange-previews': ({ ids }) => ({
    body: { lines: [{ lineId: ids.lineId, quantity: 1 }] },
  }),
  // One of two, so that something is left to be packed.
  'POST /api/v1/stores/{storeId}/orders/{orderId}/parcels': ({ ids }) => ({
    body: { lines: [{ lineId: ids.lineId, quantity: 1 }] },
  }),
  'POST /api/v1/stores/{storeId}/orders/{orderId}/refunds': () => ({ body: { freeMinor: 100 } }),
  'POST /api/v1/stores/{storeId}/orders/{orderId}/documents': () => ({
    body: { kind: 'invoice' },
  }),
  'PUT /api/v1/stores/{storeId}/document-settings': ({ word }) => ({
    body: documentSettingsOf(word),
  }),
  'PUT /api/v1/stores/{storeId}/order-settings': () => ({
    body: { cancelUnpaid: true, holdDisputed: true },
  }),
  'PUT /api/v1/stores/{storeId}/abandoned-cart-mail': () => ({
    body: { enabled: true, delayHours: 5 },
  }),
  'PUT /api/v1/stores/{storeId}/mail-templates': ({ word }) => ({
    body: {
      kind: 'order.confirmed',
      locale: 'en',
      subject: `Thank you from ${word}`,
      body: '{{#button}}See your order{{/button}}',
    },
  }),
  'POST /api/v1/stores/{storeId}/mail-templates/resets': () => ({
    body: { kind: 'order.shipped', locale: 'en' },
  }),
  'POST /api/v1/stores/{storeId}/mail-templates/previews': () => ({
    body: { kind: 'order.confirmed', locale: 'en' },
  }),
  'POST /api/v1/stores/{storeId}/mail-templates/tests': () => ({
    body: { kind: 'order.confirmed', locale: 'en' },
  }),
  'POST /api/v1/stores/{storeId}/webhooks': ({ word }) => ({
    body: { address: `https://hooks.${word}.example.test/`, topics: ['orders/create'] },
  }),
  'POST /api/v1/stores/{storeId}/themes': async ({ word }) => ({
    file: { name: `${word}.zip`, content: await themeArchive(word) },
  }),
};

/** How a store of that word writes its documents: staff alone issue them. */
export function documentSettingsOf(word: string) {
  return {
    issueAt: 'never',
    seller: { name: `Seller ${word}`, address: [`${word} street 1`] },
    shownToShoppers: true,
    invoicePrefix: 'INV-',
    creditNotePrefix: 'CN-',
  };
}

/** One unit of what `furnishMerchant` put aside for it. */
export function transferOf(word: string, ids: Readonly<Record<string, string>>) {
  const { fromLocationId, toLocationId, sentItemId: itemId } = ids;
  return { fromLocationId, toLocationId, note: `For ${word}`, lines: [{ itemId, quantity: 1 }] };
}

/** A draft order of that word. */
export function draftOf(word: string) {
  return {
    email: `drafted-${word}@example.test`,
    lines: [{ title: `Card for ${word}`, unitMinor: 300, quantity: 1 }],
    tags: [word],
  };
}

/** A request that the route accepts when its address does: from the table above, else from the schema. */
export async function requestFor(operation: Operation, context: InputContext): Promise<Input> {
  const headers = operation.needsKey ? { headers: { 'idempotency-key': newId() } } : {};
  return { ...headers, ...(await inputFor(operation, context)) };
}

async function inputFor(operation: Operation, context: InputContext): Promise<Input> {
  const input = inputs[operation.name];
  if (input) return input(context);
  if (operation.takesFile) return { file: { name: 'file.txt', content: context.word } };
  return operation.body === null ? {} : { body: example(context, operation.body) };
}

/** A country of its own for each word: a store has one zone and one registration for a country. */
function countryOf(word: string): string {
  return ({ zebrafish: 'FR', marmalade: 'IT' } as Record<string, string>)[word] ?? 'ES';
}

/** An hour of its own for each word, and those after it. */
function hourOf(word: string, later: number): string {
  const hash = createHash('sha256').update(word).digest().readUInt32BE();
  return new Date(Date.UTC(2099, 0, 1, (hash % 40_000) * 2 + later)).toISOString();
}

/** A picture of its own for each word. */
async function picture(word: string): Promise<Buffer> {
  const background = `#${createHash('sha256').update(word).digest('hex').slice(0, 6)}`;
  return sharp({ create: { width: 8, height: 8, channels: 3, background } })
    .png()
    .toBuffer();
}

/** A small theme of its own for each word: what takes time is the compiling, and it shows nothing here. */
function themeArchive(word: string): Promise<Buffer> {
  const manifest = JSON.parse(String(aTheme()['theme.json'])) as Record<string, unknown>;
  return zipOf(aTheme({ 'theme.json': JSON.stringify({ ...manifest, name: `Plain ${word}` }) }));
}
