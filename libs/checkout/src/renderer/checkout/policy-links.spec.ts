import { frame } from './frame';
import { html } from './html';
import { plainLook } from './look';
import type { PageSetting } from './page-input';
import { agreement } from './policy-links';
import { wordsIn } from './words';

const body = {
  title: 'Payment',
  step: null,
  notices: [],
  main: html`<h1>Payment</h1>`,
  aside: null,
};

function aSetting(locale: string, policies: PageSetting['policies']): PageSetting {
  const shop = { name: 'Kiln & Field', country: 'DE' };
  return { ...wordsIn(locale), shop, look: plainLook, policies, prefix: '/de', nonce: 'n' };
}

describe('policies of a store in its checkout', () => {
  const terms = { kind: 'terms', name: 'Terms', url: '/pages/terms' } as const;
  const imprint = { kind: 'imprint', name: 'Imprint & more', url: '/pages/imprint' } as const;

  it.each([
    ['en', 'By ordering you agree to the terms of Kiln &amp; Field.'],
    ['de', 'Mit der Bestellung stimmen Sie den AGB von Kiln &amp; Field zu.'],
    ['zh-CN', '下单即表示您同意Kiln &amp; Field的条款。'],
    ['ar', 'بإتمام الطلب فإنك توافق على الشروط لدى Kiln &amp; Field.'],
  ])('are named in %s, and lead there', (locale, sentence) => {
    const setting = aSetting(locale, [terms, imprint]);
    const agreed = (agreement(setting) as { text: string }).text;
    expect(agreed).toContain('href="/de/pages/terms"');
    const words = agreed.replace(/<[^>]*>|[\u2068\u2069]/g, '').trim();
    expect(words).toBe(sentence);
    const foot = /<footer.*<\/footer>/s.exec(frame(body, setting))?.[0] ?? '';
    expect(foot).toContain('href="/de/pages/imprint"');
    expect(foot).toContain('>Imprint &amp; more</a>');
  });

  it('are not spoken of where there are none', () => {
    expect(agreement(aSetting('en', []))).toBeNull();
    expect(agreement(aSetting('en', [imprint]))).toBeNull();
    expect(frame(body, aSetting('en', undefined))).not.toContain('<footer');
  });
});
