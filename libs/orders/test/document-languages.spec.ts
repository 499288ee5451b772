import type { DocumentContent } from '../src/documents/content';
import { printDocument } from '../src/documents/pdf/print-document';
import { printPackingSlip } from '../src/documents/pdf/print-packing-slip';
import { languageOf } from '../src/documents/words';
import { readPdf } from './read-pdf';

const ada = {
  name: 'Ada Lovelace',
  address1: 'Hauptstrasse 1',
  zip: '10115',
  city: 'Berlin',
  country: 'DE',
};
const seller = {
  name: 'Atelier Nord GmbH',
  address: ['Linienstraße 40', '10119 Berlin'],
  email: null,
  phone: null,
  vatNumber: 'DE123456788',
  taxNumber: null,
  footer: null,
};
const amounts = { netMinor: 10_000, taxMinor: 0 };

/** An invoice of two vases without tax, that adds to another one. */
function anInvoice(more: Partial<DocumentContent>): DocumentContent {
  return {
    version: 2,
    kind: 'invoice',
    test: false,
    locale: 'en',
    currency: 'EUR',
    issuedOn: '2026-11-22',
    orderedOn: '2026-11-21',
    suppliedOn: '2026-11-22',
    orderName: '#1001',
    seller,
    buyer: ada,
    buyerVatNumber: null,
    deliveredTo: null,
    corrects: { name: 'INV-1', issuedOn: '2026-11-20' },
    reason: null,
    rows: [
      {
        ...amounts,
        id: 'a',
        title: 'Vase',
        detail: '',
        quantity: 2,
        unitMinor: 5000,
        discountMinor: 0,
        ppm: [],
        taxes: [],
      },
    ],
    rates: [{ name: '', ppm: 0, ...amounts }],
    totals: { ...amounts, grossMinor: 10_000 },
    taxIncluded: true,
    owedMinor: 0,
    base: null,
    scheme: 'domestic',
    registration: null,
    notices: [],
    ...more,
  };
}

/** Everything on the pages as one line; Chinese without the gaps between its pieces. */
async function textOf(more: Partial<DocumentContent>): Promise<string> {
  const content = anInvoice(more);
  const bytes = await printDocument({ name: 'INV-2', content, issuedAt: new Date(0) });
  const { pages, lang } = await readPdf(bytes);
  expect(lang).toBe(content.locale);
  return asLine(pages.join(' '), content.locale);
}

function asLine(text: string, locale: string): string {
  return text.replaceAll(/[\s\u2068\u2069]+/gu, locale.startsWith('zh') ? '' : ' ');
}

/** Whether a word of joined letters stands in a text: readers turn the letters of one glyph round, and part words. */
function holds(text: string, word: string): boolean {
  const letters = (part: string) => [...part].sort().join('');
  const whole = text.replaceAll(' ', '');
  return [...whole].some((_, at) => letters(whole.slice(at, at + word.length)) === letters(word));
}

/** That a sentence stands there; of Arabic its words. */
function expectSaid(text: string, sentence: string, locale: string): void {
  const wanted = asLine(sentence, locale);
  if (locale !== 'ar') expect(text).toContain(wanted);
  else
    for (const word of wanted.match(/\p{Script=Arabic}{2,}/gu) ?? [])
      expect([word, holds(text, word)]).toEqual([word, true]);
}

/** Three vases to be packed. */
function aSlip(locale: string): Parameters<typeof printPackingSlip>[0] {
  return {
    locale,
    test: false,
    storeName: 'Atelier Nord',
    storeEmail: null,
    orderName: '#1001',
    orderedOn: '2026-11-22',
    deliverTo: ada,
    tracking: null,
    lines: [{ title: 'Vase', detail: 'Blue', properties: [['Engraving', 'Ada']], quantity: 3 }],
  };
}

const terms = {
  'reverse charge and intra-Community supply': {
    scheme: 'reverse_charge',
    notices: ['reverse_charge'],
    registration: 'DE123456788',
    buyerVatNumber: 'ATU12345675',
  },
  export: { scheme: 'export', notices: ['import_charges_on_delivery'] },
  'a one stop shop': { scheme: 'oss', registration: 'DE123456788' },
};

describe('the columns of a credit note', () => {
  const back = {
    id: 'a',
    title: 'Vase',
    detail: 'Blue',
    quantity: 1,
    unitMinor: null,
    discountMinor: 0,
    ppm: [190_000],
    taxes: [],
    netMinor: 10_000,
    taxMinor: 1900,
  };

  it.each(['en', 'de', 'zh-CN'])('name no unit price, which it has none of: %s', async (locale) => {
    const { quantity, unitPrice, amount } = languageOf(locale).words;
    const said = await textOf({ locale, kind: 'credit_note', rows: [back] });
    for (const title of [quantity, amount]) expectSaid(said, title, locale);
    expect(said).not.toContain(asLine(unitPrice, locale));
    expectSaid(await textOf({ locale }), unitPrice, locale);
  });

  it('name no quantity of a sum that is of no goods', async () => {
    const { quantity, amount } = languageOf('en').words;
    const sum = { ...back, title: '', quantity: null };
    const said = await textOf({ kind: 'credit_note', rows: [sum] });
    expect([said.includes(quantity), said.includes(amount)]).toEqual([false, true]);
  });
});

describe('documents read back', () => {
  it.each(['en', 'de', 'zh-CN', 'ar'])('say in %s why there is no tax', async (locale) => {
    const { words } = languageOf(locale);
    const charged = await textOf({ locale, ...terms['reverse charge and intra-Community supply'] });
    const exported = await textOf({ locale, ...terms.export });
    const seen = (text: string, sentence: string) => expectSaid(text, sentence, locale);
    seen(charged, words['notice.reverse_charge']);
    expect(charged).toContain('ATU12345675');
    seen(exported, words['notice.export']);
    seen(exported, words['notice.import_charges_on_delivery']);
    expect(exported).not.toContain('ATU12345675');
  });

  it('name the number of a one stop shop', async () => {
    expect(await textOf(terms['a one stop shop'])).toContain('under OSS, number DE123456788');
  });

  it.each([
    ['en', 'VAT 19%'],
    ['de', 'USt. 19 %'],
    ['zh-CN', '增值税19%'],
  ])('name the commonest tax in %s, and others as their laws do', async (locale, name) => {
    const taxed = { netMinor: 10_000, taxMinor: 1_900 };
    const rates = (tax: string) => [{ name: tax, ppm: 190_000, ...taxed }];
    expect(await textOf({ locale, rates: rates('VAT') })).toContain(name);
    expect(await textOf({ locale, rates: rates('IVA') })).toMatch(/IVA ?19/);
  });

  it('are Chinese where the order is', async () => {
    const text = await textOf({ locale: 'zh-CN' });
    for (const part of ['发票INV-2', '补充2026年11月20日开具的发票INV-1', '已全额付款', '€100.00'])
      expect(text).toContain(part);
  });

  it('are Arabic where the order is: letters joined, words from the right, numbers and names as they are', async () => {
    const text = await textOf({ locale: 'ar' });
    // On the page from left to right: the number stands left of the word that it follows.
    expect(text).toContain('INV-2 فاتورة');
    expect(text).toMatch(/INV-1\s+تكملة للفاتورة/);
    for (const part of ['تاريخ الطلب', 'سعر الوحدة', 'مدفوعة بالكامل', '100.00', '#1001'])
      expect(text).toContain(part);
    // Lam and alef are one glyph, whose letters a reader turns round: apart they would be read as they are written.
    expect(text).toContain('تاريخ اإلصدار');
    expect(text).not.toContain('تاريخ الإصدار');
  });

  it.each(['en', 'de', 'zh-CN', 'ar'])(
    'say in %s on every page that an order is a test',
    async (locale) => {
      const { words } = languageOf(locale);
      const content = anInvoice({ locale, test: true });
      const rows = Array.from({ length: 60 }, (_, at) => ({ ...content.rows[0]!, id: `${at}` }));
      const printed = await printDocument({
        name: 'TEST-1',
        content: { ...content, rows },
        issuedAt: new Date(0),
      });
      const slip = await printPackingSlip({ ...aSlip(locale), test: true });
      const { pages } = await readPdf(printed);
      expect(pages.length).toBeGreaterThan(1);
      for (const page of pages) expectSaid(asLine(page, locale), words.test, locale);
      for (const page of (await readPdf(slip)).pages)
        expectSaid(asLine(page, locale), words.testSlip, locale);
      const real = await textOf({ locale });
      const unmarked = (await readPdf(await printPackingSlip(aSlip(locale)))).pages.join(' ');
      if (locale !== 'ar') {
        expect(real).not.toContain(asLine(words.test, locale));
        expect(asLine(unmarked, locale)).not.toContain(asLine(words.testSlip, locale));
      }
    },
  );

  it.each([
    ['zh-CN', '装箱单'],
    ['ar', 'Vase'],
  ])('slips in %s tell what is packed and no money', async (locale, part) => {
    const text = (await readPdf(await printPackingSlip(aSlip(locale)))).pages.join(' ');
    for (const word of [part, 'Vase', 'Ada', '3', '#1001']) expect(text).toContain(word);
    expect(text).not.toMatch(/XXX|¤|€/);
  });
});
