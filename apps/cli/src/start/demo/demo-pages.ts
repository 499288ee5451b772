import type { DemoApi } from './demo-api';

const description =
  'Stoneware, linen and light for the table and the room, made in small workshops and sent with care.';

const pages = [
  {
    handle: 'about',
    title: 'About us',
    bodyHtml: `<p>Kiln &amp; Field is a small shop for things that are used every day: cups, bowls, vases, linen
and a few lamps. Most of it is made by four workshops within a day's drive of each other.</p>
<h2>How it is made</h2>
<p>Our stoneware is thrown by hand and fired twice. The glaze is mixed in small batches, so two pieces of the same name
are never quite the same colour. We think that is the point.</p>
<h2>How it is sent</h2>
<p>Everything is packed in paper and card. If something arrives broken, send us a picture and we send you another.</p>`,
    seoDescription: 'Who makes what Kiln & Field sells, how it is fired, and how it is packed.',
  },
  {
    handle: 'contact',
    title: 'Contact',
    templateSuffix: 'contact',
    bodyHtml:
      '<p>Questions about an order, a glaze or a piece for your restaurant? Write to us.</p>',
    seoDescription: 'Write to Kiln & Field about an order, a glaze or a piece made for you.',
  },
];

/** Gives the demo store words about itself, and its pages; pages that are there stay. @throws ApiRefusal */
export async function writePages(api: DemoApi, storeId: string): Promise<void> {
  await api.patch(`/stores/${storeId}`, { description, email: 'hello@kiln-and-field.example' });
  const path = `/stores/${storeId}/pages`;
  const { items } = await api.get<{ items: { handle: string }[] }>(`${path}?limit=100`);
  const there = new Set(items.map(({ handle }) => handle));
  for (const page of pages) if (!there.has(page.handle)) await api.post(path, page);
}
