import { createHash } from 'node:crypto';
import { Client } from 'pg';
import { RenderPool } from '../src/4-render-theme/render-pool';
import { type ShopLab, openShopLab } from './shop-lab';

describe('when something breaks', () => {
  let lab: ShopLab;

  beforeAll(async () => {
    lab = await openShopLab();
    await lab.call('POST /products', { title: 'Cup' });
    await lab.api.drain();
  });
  afterAll(() => lab.close());

  it('answers a page that failed in the theme’s own words, and is well again afterwards', async () => {
    const owner = new Client({ connectionString: lab.api.ownerUrl });
    await owner.connect();
    try {
      await owner.query('ALTER TABLE variants RENAME TO variants_away');
      const broken = await lab.visit('/products/cup');
      expect(broken.status).toBe(500);
      const html = broken.body.toString();
      expect(html).toContain('Something went wrong');
      expect(html).toContain('site-nav');
      expect(html).not.toMatch(/variants_away|relation|SELECT/);
    } finally {
      await owner.query('ALTER TABLE variants_away RENAME TO variants');
      await owner.end();
    }
    expect((await lab.visit('/products/cup')).status).toBe(200);
  });

  it('has plain words where there is no store and no theme', async () => {
    const nobody = await lab.visit('/', { hosts: ['nobody.localhost'] });
    expect(nobody.status).toBe(404);
    const bare = await lab.api.aMerchant();
    const early = await lab.visit('/', { hosts: [`${bare.handle}.localhost`] });
    expect([early.status, early.headers['retry-after']]).toEqual([503, '30']);
    expect((await lab.visit('/', { hosts: ['a.test', 'b.test'] })).status).toBe(400);
    expect((await lab.visit('/', { servername: 'other.test' })).status).toBe(421);
    const method = await lab.visit('/products/cup', { method: 'DELETE' });
    expect([method.status, method.headers.allow]).toEqual([405, 'GET, HEAD']);
  });

  const artefact = (js: string) => ({
    hash: createHash('sha256').update(js).digest('hex'),
    js: () => Promise.resolve(js),
  });

  it('kills a render process that hangs, and the next page is rendered by another', async () => {
    const pool = lab.renderer.get(RenderPool);
    await expect(pool.render(artefact('for(;;){}'), Buffer.from('{}'))).rejects.toMatchObject({
      name: 'RenderProcessDied',
    });
    expect((await lab.visit('/products/cup?variant=9')).status).toBe(200);
  }, 20_000);

  it('runs theme code without code from text, without the process and without modules', async () => {
    const pool = lab.renderer.get(RenderPool);
    for (const js of [
      'eval("1")',
      'new Function("return 1")()',
      'this.constructor.constructor("return process")().exit()',
      'process.exit()',
      'require("fs")',
    ]) {
      await expect(pool.render(artefact(js), Buffer.from('{}'))).rejects.toMatchObject({
        name: 'RenderFailed',
      });
    }
  });
});
