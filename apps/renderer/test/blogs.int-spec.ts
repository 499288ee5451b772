import sharp from 'sharp';
import { Stamps } from '../src/page-cache/stamps';
import { type ShopLab, openShopLab } from './shop-lab';

describe('blogs', () => {
  let lab: ShopLab;
  let blogId: string;

  beforeAll(async () => {
    lab = await openShopLab();
    const blog = await lab.call('POST /blogs', { title: 'Journal' });
    expect([blog.status, blog.body.handle]).toEqual([201, 'journal']);
    blogId = blog.body.id;
    for (const [title, tags] of [
      ['On clay', ['craft']],
      ['On <fire>', ['craft', 'kiln']],
    ] as const) {
      const made = await lab.call(`POST /blogs/${blogId}/articles`, {
        title,
        author: 'Ada',
        excerptHtml: `<p>About ${title === 'On clay' ? 'clay' : 'fire'}</p>`,
        bodyHtml: '<p>Long words.</p>',
        tags,
      });
      expect(made.status).toBe(201);
    }
    await lab.call(`POST /blogs/${blogId}/articles`, { title: 'Not yet', published: false });
  }, 120_000);
  afterAll(() => lab.close());

  const text = async (path: string): Promise<[number, string]> => {
    const { status, body } = await lab.visit(path);
    return [status, body.toString()];
  };

  it('list what is published, all of it or by tag', async () => {
    const [status, html] = await text('/blogs/journal');
    expect(status).toBe(200);
    expect(html).toContain('/blogs/journal/on-clay');
    expect(html).not.toContain('Not yet');
    const [tagged, kiln] = await text('/blogs/journal/tagged/kiln');
    expect(tagged).toBe(200);
    expect(kiln).toContain('/blogs/journal/on-fire');
    expect(kiln).not.toContain('/blogs/journal/on-clay"');
    expect((await text('/blogs/journal/tagged/nothing'))[0]).toBe(404);
    expect((await text('/blogs/nothing'))[0]).toBe(404);
  });

  it('show an article to readers and search engines', async () => {
    const [status, html] = await text('/blogs/journal/on-fire');
    expect(status).toBe(200);
    expect(html).toContain('Long words.');
    expect(html).toContain('"@type":"Article","headline":"On \\u003cfire>"');
    expect((await text('/blogs/journal/not-yet'))[0]).toBe(404);
    const [, sitemap] = await text('/sitemap-blogs.xml');
    expect(sitemap).toContain('/blogs/journal/on-clay');
    expect(sitemap).not.toContain('not-yet');
  });

  it('show the picture of an article once it is ready', async () => {
    const content = await sharp({
      create: { width: 9, height: 6, channels: 3, background: '#345' },
    })
      .png()
      .toBuffer();
    const { api, merchant } = lab;
    const image = await api.call(`POST /stores/${merchant.storeId}/images`, {
      token: merchant.token,
      file: { name: 'kiln.png', content },
    });
    const pictured = await lab.call(`POST /blogs/${blogId}/articles`, {
      title: 'On light',
      mediaId: image.body.id,
    });
    expect(pictured.status).toBe(201);
    expect((await text('/blogs/journal/on-light'))[1]).not.toContain('og:image');
    await api.drain();
    lab.renderer.get(Stamps).forget();
    expect((await text('/blogs/journal/on-light'))[1]).toContain('og:image');
  });

  it('are changed by versions, keep handles apart and show changes at once', async () => {
    const list = await lab.call(`GET /blogs/${blogId}/articles?limit=1`);
    const [first] = list.body.items;
    expect(list.body.nextCursor).not.toBeNull();
    const path = `/blogs/${blogId}/articles/${first.id}`;
    const taken = await lab.call(`PATCH ${path}`, { handle: 'on-fire', version: 1 });
    expect([taken.status, taken.body.code]).toEqual([409, 'content.handle-taken']);
    const renamed = await lab.call(`PATCH ${path}`, { title: 'On earth', version: 1 });
    expect([renamed.status, renamed.body.version]).toEqual([200, 2]);
    expect((await lab.call(`PATCH ${path}`, { title: 'X', version: 1 })).status).toBe(409);
    const picture = { mediaId: '01939d7c-0000-7000-8000-000000000000' };
    expect((await lab.call(`PATCH ${path}`, picture)).body.code).toBe('content.image-not-found');
    const elsewhere = `/blogs/01939d7c-0000-7000-8000-000000000000/articles`;
    const lost = await lab.call(`POST ${elsewhere}`, { title: 'X' });
    expect([lost.status, lost.body.code]).toEqual([404, 'content.blog-not-found']);
    expect((await lab.call(`GET ${elsewhere}`)).status).toBe(404);
    expect((await lab.call(`DELETE /blogs/${blogId}`)).status).toBe(204);
    expect((await lab.call(`GET ${path}`)).body.code).toBe('content.article-not-found');
  });
});
