import { aTheme } from '../../../libs/themes/test/theme.builder';
import { Stamps } from '../src/page-cache/stamps';
import { type ShopLab, openShopLab } from './shop-lab';

describe('the page to withdraw from a contract', () => {
  let lab: ShopLab;

  beforeAll(async () => {
    lab = await openShopLab(aTheme({}));
    await lab.call('PATCH ', { otherLocales: ['de', 'ar', 'zh-CN'] });
    lab.renderer.get(Stamps).forget();
    await lab.api.drain();
  }, 120_000);
  afterAll(() => lab.close());

  const send = async (form: Record<string, string>, path = '/withdraw', headers = {}) => {
    const answer = await lab.visit(path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: Buffer.from(new URLSearchParams(form).toString()),
    });
    return { ...answer, html: answer.body.toString() };
  };
  const fieldsOf = (html: string): Record<string, string> =>
    Object.fromEntries(
      [...html.matchAll(/<input\s+type="hidden"\s+name="([^"]+)"\s+value="([^"]*)"/g)].map(
        ([, name = '', value = '']) => [name, value],
      ),
    );
  const statement = { name: 'Ada <b>', reference: '#4711', email: 'ada@example.test' };
  const listed = async () => (await lab.call('GET /withdrawals')).body.items;

  it('takes two steps without any script, and the second has one button that declares', async () => {
    const first = await lab.visit('/withdraw');
    expect([first.status, first.headers['cache-control']]).toEqual([200, 'no-store']);
    expect(first.body.toString()).toContain('Withdraw from a contract');
    const second = await send({ ...statement, intent: 'review' });
    expect(second.status).toBe(200);
    expect(second.html).toContain('Ada &lt;b&gt;');
    expect(second.html.match(/<button/g)).toHaveLength(2);
    expect(second.html).toMatch(
      /<button\s+class="first"[^>]*value="confirm"[^>]*>\s*Confirm withdrawal\s*<\/button>/,
    );
    expect(await listed()).toEqual([]);
    const form = { ...statement, ...fieldsOf(second.html), name: 'Ada <b>', intent: 'confirm' };
    const third = await send(form);
    const again = await send(form);
    for (const page of [third, again]) {
      expect(page.status).toBe(200);
      expect(page.html).toContain('We received your withdrawal W-1');
      expect(page.html).toContain('Order: #4711');
    }
    await lab.api.drain();
    expect(await listed()).toMatchObject([
      {
        name: 'W-1',
        status: 'unmatched',
        statedName: 'Ada <b>',
        receiptSentAt: expect.any(String),
      },
    ]);
  });

  it('leads back from the second step to the first, with what was typed, and declares nothing', async () => {
    const before = await listed();
    const checked = await send({ ...statement, goods: 'The vase', intent: 'review' });
    expect(checked.html).toMatch(/<button class="quiet"[^>]*value="change">Change</);
    const back = await send({
      ...fieldsOf(checked.html),
      name: statement.name,
      intent: 'change',
    });
    expect([back.status, back.html.includes('role="alert"')]).toEqual([200, false]);
    for (const part of ['value="Ada &lt;b&gt;"', 'value="#4711"', 'The vase</textarea>'])
      expect(back.html).toContain(part);
    expect(fieldsOf(back.html)['key']).toBe(fieldsOf(checked.html)['key']);
    expect(back.html).toMatch(/value="review"/);
    expect(await listed()).toEqual(before);
  });

  it('says nothing of whether there is such an order', async () => {
    const shape = async (reference: string) => {
      const { html } = await send({ ...statement, name: 'Bo', reference, intent: 'confirm' });
      return html.replaceAll(/W-\d+|#\d+|nonce="[^"]*"|\d{1,2}:\d\d:\d\d[^<]*/g, '');
    };
    expect(await shape('#1001')).toBe(await shape('#9999'));
  });

  it('names the fields at fault and keeps what was typed', async () => {
    const { status, html } = await send({
      name: '',
      reference: 'A1',
      email: 'ada',
      intent: 'review',
    });
    expect(status).toBe(422);
    for (const part of ['href="#name"', 'href="#email"', 'value="A1"', 'value="ada"'])
      expect(html).toContain(part);
  });

  it('speaks the language of the address, and takes forms of its own pages alone', async () => {
    for (const [locale, dir, word] of [
      ['de', 'ltr', 'Widerruf bestätigen'],
      ['ar', 'rtl', 'تأكيد العدول'],
      ['zh-CN', 'ltr', '确认撤回'],
    ]) {
      const { html } = await send({ ...statement, intent: 'review' }, `/${locale}/withdraw`);
      expect(html).toContain(`dir="${dir}"`);
      expect(html).toContain(word);
      expect(html).toContain(`action="/${locale}/withdraw"`);
    }
    const foreign = await send(statement, '/withdraw', { 'sec-fetch-site': 'cross-site' });
    expect(foreign.status).toBe(403);
    expect((await lab.visit('/withdraw', { method: 'PUT' })).status).toBe(405);
  });

  it('leaves the answer to the API: match, reject, complete', async () => {
    const [{ id }] = await listed();
    expect((await lab.call(`POST /withdrawals/${id}/complete`)).status).toBe(409);
    const rejected = await lab.call(`POST /withdrawals/${id}/reject`, { reason: 'No such order.' });
    expect(rejected.body).toMatchObject({ status: 'rejected', rejection: 'No such order.' });
    const filtered = await lab.call('GET /withdrawals?status=rejected');
    expect(filtered.body.items).toHaveLength(1);
    expect((await lab.call(`GET /withdrawals/${id}`)).body).toMatchObject({ id });
  });
});
