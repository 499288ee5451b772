import { composeMail, layMail } from './compose-mail';
import { amountLine, itemLine, totalMarked } from './marks';
import { testOrderWords } from './test-order-words';

const invitation = (locale: string, inviter = 'Anna') =>
  composeMail({
    name: 'invitation',
    locale,
    link: 'https://example.com/?a=1&b=2',
    values: { inviter, organization: 'Kiln & Field', role: 'Designer' },
  });

describe('mails', () => {
  it('speaks the reader’s language, else English', () => {
    expect(invitation('de-AT').subject).toBe('Anna lädt Sie zu Kiln & Field ein');
    expect(invitation('zh-CN').subject).toContain('邀请');
    expect(invitation('sw').subject).toBe('Anna invites you to Kiln & Field');
  });

  it('carries the link in both forms', () => {
    expect(invitation('en').text).toContain('https://example.com/?a=1&b=2');
    expect(invitation('en').html).toContain('href="https://example.com/?a=1&amp;b=2"');
  });

  it('lets no value become markup or a header', () => {
    const mail = invitation('en', '<img src=x onerror=1>\r\nBcc: all@example.com');
    expect(mail.html).not.toContain('<img');
    expect(mail.subject).not.toMatch(/[\r\n]/);
  });

  const ordered = (locale: string, test: boolean) =>
    layMail(
      {
        subject: 'Order {number}',
        greeting: 'Hello {name},',
        body: [
          itemLine({ quantity: 2, title: 'Vase <b>' }, '€80.00'),
          amountLine('Subtotal: ', '€80.00'),
          'Total: {total}',
        ],
        button: 'See it',
        after: ['Withdraw: {withdrawal}'],
      },
      {
        locale,
        link: 'https://shop.example/orders/x',
        test,
        links: ['https://shop.example/withdraw?a=1&b=2'],
        values: {
          store: 'Kiln',
          name: 'see https://evil.example',
          number: '#1001',
          total: totalMarked('€80.00'),
          withdrawal: 'https://shop.example/withdraw?a=1&b=2',
        },
      },
    );

  it('stands amounts below each other, in one table', () => {
    const { html, text, subject } = ordered('en', false);
    expect(html.match(/<table/g)).toHaveLength(1);
    expect(html.match(/<td align="right"/g)).toHaveLength(3);
    expect(html).toContain('2 × Vase &lt;b&gt;</td>');
    expect(ordered('ar', false).html.match(/<td align="left"/g)).toHaveLength(3);
    expect(text).toContain('2 × Vase <b>: €80.00\n\nSubtotal: €80.00\n\nTotal: €80.00');
    expect(subject).toBe('Order #1001');
  });

  it('keeps a number the right way round in a subject that is read from right to left', () => {
    expect(ordered('ar', false).subject).toBe('Order \u2068#1001\u2069');
    expect(ordered('he', false).subject).toBe('Order \u2068#1001\u2069');
    // A program that links what looks like an address would take the mark for a part of it.
    expect(ordered('ar', false).text).not.toMatch(/[\u2068\u2069]/);
  });

  it('links addresses of the shop, and none that somebody typed', () => {
    const { html } = ordered('en', false);
    expect(html).toContain('href="https://shop.example/withdraw?a=1&amp;b=2"');
    expect(html).not.toContain('href="https://evil.example');
  });

  it.each(['en', 'de', 'zh-CN', 'ar'])('says first that an order is a test, in %s', (locale) => {
    const words = testOrderWords(locale);
    const mail = ordered(locale, true);
    expect(mail.text.startsWith(words)).toBe(true);
    expect(mail.html).toContain(words);
    expect(ordered(locale, false).html + ordered(locale, false).text).not.toContain(words);
    if (locale !== 'en') expect(words).not.toBe(testOrderWords('en'));
  });
});
