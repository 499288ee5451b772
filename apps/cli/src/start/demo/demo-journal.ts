import type { DemoApi } from './demo-api';
import { uploadPicture } from './upload-picture';

const articles = [
  {
    handle: 'what-happens-at-1240-degrees',
    title: 'What happens at 1,240 degrees',
    picture: 'ceramics.webp',
    author: 'Ines Albrecht',
    tags: ['workshop', 'stoneware'],
    excerptHtml:
      '<p>Between a bowl that crumbles and one that lasts a lifetime lie two days in a kiln.</p>',
    bodyHtml: `<p>Dry clay looks finished and is not: a bowl of it dissolves in a bucket of water overnight. What turns
it into stone is heat, and most of it happens in the last two hundred degrees.</p>
<h2>The first day</h2>
<p>The kiln climbs slowly, a hundred degrees an hour, because the water that is still in the clay has to leave without
haste. By evening the pieces glow a dull orange and ring when they are tapped.</p>
<h2>The second day</h2>
<p>Above 1,200 degrees the glaze melts and the body closes. After that we wait. A kiln that is opened too early cracks
what it holds, so nobody touches the door until a hand can rest on it.</p>`,
  },
  {
    handle: 'how-to-look-after-linen',
    title: 'How to look after linen',
    picture: 'linen.webp',
    author: 'Jonas Weil',
    tags: ['care', 'linen'],
    excerptHtml: '<p>Linen asks for less than most people give it. Four habits are enough.</p>',
    bodyHtml: `<p>Linen grows softer with every wash for about a year and then stays that way for twenty. It does not
need much for that.</p>
<ul><li>Wash it at forty degrees with its own kind, never with towelling.</li><li>Leave out softener: it coats the
fibre, and a coated towel does not dry anything.</li><li>Shake it out while it is wet and hang it straight.</li>
<li>Iron it damp, or not at all.</li></ul>
<p>A stain of oil comes out with a little soap and warm water, as long as it is done the same day.</p>`,
  },
  {
    handle: 'a-table-for-four-in-november',
    title: 'A table for four in November',
    picture: 'lamp.webp',
    author: 'Ines Albrecht',
    tags: ['table', 'light'],
    excerptHtml:
      '<p>Low light, one branch, and plates that do not match. A short guide to a long evening.</p>',
    bodyHtml: `<p>When it is dark at five, the table is the brightest place in the house. It takes less to set it well
than one thinks.</p>
<p>Start with the light: one lamp, low enough that it lights hands and not ceilings, and a candle at each end. Then
something tall with one branch in it, so that nobody has to look around flowers.</p>
<p>Plates may differ as long as they share a colour. Ours are oat and ink this year. Put the bread on wood, the water
in a jug, and the telephone in another room.</p>`,
  },
];

/** Gives the demo store a blog with articles and their pictures; one that is there stays. @throws ApiRefusal */
export async function writeJournal(api: DemoApi, storeId: string): Promise<void> {
  const path = `/stores/${storeId}/blogs`;
  const { items } = await api.get<{ items: { id: string; handle: string }[] }>(path);
  const known = items.find(({ handle }) => handle === 'journal');
  const blog =
    known ?? (await api.post<{ id: string }>(path, { title: 'Journal', handle: 'journal' }));
  const written = await api.get<{ items: { handle: string }[] }>(`${path}/${blog.id}/articles`);
  const there = new Set(written.items.map(({ handle }) => handle));
  for (const { picture, ...article } of articles) {
    if (there.has(article.handle)) continue;
    const mediaId = await uploadPicture(api, storeId, picture);
    await api.post(`${path}/${blog.id}/articles`, { ...article, mediaId });
  }
}
