import { Stamps } from '../src/page-cache/stamps';
import type { ShopResponse } from '../src/shop-request';
import { type ShopLab, openShopLab } from './shop-lab';

const page = '/pages/contact';

describe('forms', () => {
  let lab: ShopLab;
  let address = 0;

  beforeAll(async () => {
    lab = await openShopLab(undefined, { CARAVEL_RATE_LIMITS: 'true' });
    const made = await lab.call('POST /pages', { title: 'Contact', templateSuffix: 'contact' });
    expect(made.body.handle).toBe('contact');
  }, 120_000);
  afterAll(() => lab.close());
  beforeEach(() => {
    address += 1;
  });

  const host = () => `http://${lab.merchant.handle}.localhost:4080`;
  const send = (
    path: string,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<ShopResponse> =>
    lab.visit(path, {
      method: 'POST',
      ip: `10.0.0.${address}`,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
        referer: `${host()}${page}`,
        ...headers,
      },
      body: Buffer.from(new URLSearchParams(fields).toString()),
    });
  const cookieOf = ({ headers }: ShopResponse): string =>
    [headers['set-cookie']]
      .flat()
      .map((one) => String(one).split(';')[0])
      .join('; ');
  const shown = async (path: string, cookie = '') => {
    const response = await lab.visit(path, { headers: { cookie } });
    return { ...response, html: response.body.toString() };
  };
  const messages = async () => (await lab.call('GET /contact-messages')).body.items;

  it('keep a message and say so once, on the page that it came from', async () => {
    const answer = await send('/contact', {
      'contact[email]': 'ada@example.test',
      'contact[name]': 'Ada',
      'contact[body]': 'Is the <vase> watertight?',
      'contact[Order]': '17',
      form_id: 'contact-main',
    });
    expect([answer.status, answer.headers.location]).toEqual([303, `${page}#contact-main`]);
    const after = await shown(page, cookieOf(answer));
    expect(after.html).toContain('class="note" role="status"');
    expect(after.headers['cache-control']).toBe('private, no-cache');
    expect(String(after.headers['set-cookie'])).toMatch(/^form_result=; .*Max-Age=0/);
    expect((await shown(page)).html).not.toContain('class="note" role="status"');
    expect(await messages()).toMatchObject([
      {
        email: 'ada@example.test',
        name: 'Ada',
        body: 'Is the <vase> watertight?',
        fields: { Order: '17' },
        page,
        locale: 'en',
      },
    ]);
  });

  it('name the field that is wrong and keep what was typed', async () => {
    const before = (await messages()).length;
    const answer = await send('/contact', {
      'contact[email]': 'ada at example',
      'contact[body]': 'Hello "you"',
    });
    expect(answer.status).toBe(303);
    const { html } = await shown(page, cookieOf(answer));
    expect(html).toContain('This is not an e-mail address.');
    expect(html).toContain('value="ada at example"');
    expect(html).toContain('Hello &quot;you&quot;</textarea>');
    expect(await messages()).toHaveLength(before);
  });

  it('lose nothing of a long text that is refused', async () => {
    const body = Array.from({ length: 9_000 }, (_, i) =>
      String.fromCodePoint(0x4e00 + ((i * 7919) % 20_000)),
    ).join('');
    const answer = await send('/contact', { 'contact[email]': '', 'contact[body]': body });
    expect(answer.status).toBe(422);
    expect(answer.body.toString()).toContain(body);
  });

  it('take an address for the newsletter once, and answer the same again', async () => {
    const first = await send('/newsletter', { 'contact[email]': 'Grace@Example.test' });
    const second = await send('/newsletter', { 'contact[email]': 'grace@example.test' });
    const pages = await Promise.all([first, second].map((one) => shown('/', cookieOf(one))));
    expect(pages[0]?.html).toBe(pages[1]?.html);
    expect(pages[0]?.html).toContain('class="note" role="status"');
    const { items } = (await lab.call('GET /newsletter-sign-ups')).body;
    expect(items).toMatchObject([{ email: 'grace@example.test', source: page, locale: 'en' }]);
    expect(Date.parse(items[0].consentedAt)).toBeGreaterThan(Date.now() - 60_000);
    expect((await lab.call(`DELETE /newsletter-sign-ups/${items[0].id}`)).status).toBe(204);
    const gone = await lab.call(`DELETE /newsletter-sign-ups/${items[0].id}`);
    expect(gone.body.code).toBe('customers.sign-up-not-found');
  });

  it('keep nothing of what robots and other sites send', async () => {
    const before = (await messages()).length;
    const letter = { 'contact[email]': 'bot@example.test', 'contact[body]': 'Buy!' };
    const robot = await send('/contact', { ...letter, homepage_url: 'https://spam.example' });
    expect(robot.status).toBe(303);
    expect((await shown(page, cookieOf(robot))).html).toContain('class="note" role="status"');
    const foreign = await send('/contact', letter, { 'sec-fetch-site': 'cross-site' });
    expect(foreign.status).toBe(403);
    const odd = await send('/contact', letter, { 'content-type': 'text/plain' });
    expect(odd.status).toBe(400);
    expect(await messages()).toHaveLength(before);
  });

  it('are taken from one address five times and then refused for a while', async () => {
    const letter = { 'contact[email]': 'ada@example.test', 'contact[body]': 'Again' };
    const answers: ShopResponse[] = [];
    for (let i = 0; i < 6; i += 1) answers.push(await send('/contact', letter));
    const [last] = answers.slice(-1);
    const { html } = await shown(page, cookieOf(last as ShopResponse));
    expect(html).toContain('That was too often.');
    expect(html).toContain('Again</textarea>');
    expect(
      (await messages()).filter(({ body }: { body: string }) => body === 'Again'),
    ).toHaveLength(5);
  });

  it('lead nowhere but back into the store', async () => {
    const letter = { 'contact[email]': 'ada@example.test', 'contact[body]': 'Hi' };
    const lure = await send('/contact', { ...letter, return_to: '//evil.example/' });
    expect(lure.headers.location).toBe(page);
    const far = await send('/contact', letter, { referer: 'https://evil.example/x' });
    expect(far.headers.location).toBe('/');
    const asked = await send('/localization', { return_to: '/cart?x=1' });
    expect([asked.status, asked.headers.location]).toEqual([303, '/cart?x=1']);
  });

  it('let those into a closed store who know its password, until it changes', async () => {
    const close = async (storefrontPassword: string | null) => {
      const { body } = await lab.call('PATCH ', { storefrontPassword });
      expect(body.passwordProtected).toBe(storefrontPassword !== null);
      lab.renderer.get(Stamps).forget();
    };
    const open = await shown('/');
    expect(open.headers['cache-control']).toContain('public');
    await close('open sesame');
    const shut = await shown('/');
    expect([shut.status, shut.headers['cache-control']]).toEqual([403, 'private, no-store']);
    expect(shut.html).toContain('action="/password"');
    expect((await shown('/password')).status).toBe(200);
    expect((await shown('/cart.js')).body.toString()).toContain('password');
    expect((await shown('/?sections=main')).status).toBe(403);
    expect((await shown('/robots.txt')).html).toBe('User-agent: *\nDisallow: /\n');
    expect((await shown('/sitemap.xml')).status).toBe(403);
    const asset = /\/cdn\/t\/[\w.-]+/.exec(shut.html)?.[0] ?? '';
    expect((await shown(asset)).status).toBe(200);

    const wrong = await send('/password', { password: 'open' });
    expect(wrong.headers.location).toBe(page);
    expect((await shown(page, cookieOf(wrong))).html).toContain('This is not the password.');
    const right = await send('/password', { password: 'open sesame' });
    expect([right.status, right.headers.location]).toEqual([303, page]);
    const pass = cookieOf(right);
    const inside = await shown(page, pass);
    expect([inside.status, inside.headers['cache-control']]).toEqual([200, 'private, no-store']);
    expect((await shown('/', 'storefront_digest=1.a.forgedforgedforgedforged')).status).toBe(403);

    await close('another one');
    expect((await shown('/', pass)).status).toBe(403);
    await close(null);
    expect((await shown('/')).status).toBe(200);
  });
});
