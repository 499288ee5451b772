import fs from 'node:fs';
import path from 'node:path';
import { compileTheme } from '@libs/template-engine';
import { fillPlan, planPage } from '@template-engine/plan';
import { loadArtefact, renderPage } from '@template-engine/runtime';

const themes = path.join(__dirname, '../../../themes');
const languages = ['ar', 'de', 'en', 'zh-CN'];

function themeFiles(name: string): Map<string, string | Uint8Array> {
  const folder = path.join(themes, name);
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return new Map(
    files.map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      const content = fs.readFileSync(file);
      const isText = /\.(hbs|json|css|js|svg)$/.test(file);
      return [path.relative(folder, file), isText ? content.toString() : content];
    }),
  );
}

const variant = {
  id: '7',
  title: '50',
  url: '/products/card?variant=7',
  price: 5000,
  available: true,
};
const card = {
  id: '1',
  title: 'Gift card',
  url: '/products/card',
  price: 5000,
  available: true,
  gift_card: true,
  variants_count: 1,
  variants: [variant],
  options_with_values: [],
  selected_or_first_available_variant: variant,
};
const line = {
  key: '7:a',
  title: 'Gift card',
  url: '/products/card',
  quantity: 1,
  price: 5000,
  line_price: 5000,
  original_line_price: 5000,
  properties: { 'Recipient email': 'grace@example.test', Engraving: '<b>G</b>' },
};

describe.each(['atelier', 'flash'])('%s', (name) => {
  const { artefacts, meta } = compileTheme(themeFiles(name), { locales: languages });

  const render = (template: 'product' | 'cart', locale: string, more: object): string => {
    const plan = planPage(meta!, { template: meta!.templates[template]!, groups: meta!.groups });
    const globals = {
      shop: { name: 'Shop', currency: 'EUR', policies: {} },
      request: { locale, dir: 'ltr', path: '/', query: {}, page: 1, page_type: template },
      page_meta: { title: 'Gift card' },
      template: { name: template },
      menus: {},
      cart: { item_count: 0, items: [] },
      localization: { languages: [] },
      ...more,
    };
    const theme = loadArtefact(artefacts.find((one) => one.locale === locale)!.js);
    const page = renderPage(theme, fillPlan(plan, {}, { globals, assets: {} }));
    expect(page.errors).toEqual([]);
    return page.html;
  };

  it.each(languages)(
    'asks in %s whom a gift card is for, by a form that may be left blank',
    (locale) => {
      const html = render('product', locale, { product: card });
      for (const field of ['Recipient email', 'Recipient name', 'Message', 'Send on'])
        expect(html).toContain(`name="properties[${field}]"`);
      expect(html).toMatch(
        /name="properties\[__send_gift_card_to_recipient\]"[^>]* value="if_present"|value="if_present"[^>]* name="properties\[__send/,
      );
      expect(html).not.toMatch(/name="properties\[Recipient email\]"[^>]* required/);
      for (const [, id] of html.matchAll(/aria-describedby="(gift-\w+-fault)"/g))
        expect(html).toContain(`id="${id}"`);
    },
  );

  it('asks nobody so of anything else', () => {
    const html = render('product', 'en', { product: { ...card, gift_card: false } });
    expect(html).toContain('name="id"');
    expect(html).not.toContain('Recipient');
  });

  it.each([
    ['en', 'Their e-mail'],
    ['de', 'E-Mail der beschenkten Person'],
    ['zh-CN', '收礼人邮箱'],
    ['ar', 'بريد المُهدى إليه'],
  ])('says in %s in the cart whom it is for, and what else was asked', (locale, label) => {
    const html = render('cart', locale, {
      cart: { item_count: 1, items: [line], total_price: 5000 },
    }).replace(/<\/?bdi>/g, '');
    expect(html).toContain(`${label}: grace@example.test`);
    expect(html).toContain('Engraving: &lt;b&gt;G&lt;/b&gt;');
  });
});
