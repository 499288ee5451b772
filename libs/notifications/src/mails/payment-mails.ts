import type { MailText } from './mail-texts';

/** Words that ask somebody to pay what staff agreed on with them. */
const byLanguage: Record<string, MailText> = {
  en: {
    subject: '{store}: {total} to pay',
    greeting: 'Hello {name},',
    body: ['{message}', '{store} has put this together for you:', '{items}', 'Total: {total}'],
    button: 'Look and pay',
    after: ['Prices stay as they are until the link ends.'],
  },
  de: {
    subject: '{store}: {total} zu zahlen',
    greeting: 'Hallo {name},',
    body: ['{message}', '{store} hat dies für Sie zusammengestellt:', '{items}', 'Summe: {total}'],
    button: 'Ansehen und bezahlen',
    after: ['Die Preise gelten, solange der Link gilt.'],
  },
  zh: {
    subject: '{store}：待付款 {total}',
    greeting: '{name}，您好：',
    body: ['{message}', '{store} 为您准备了：', '{items}', '合计：{total}'],
    button: '查看并付款',
    after: ['链接有效期内价格不变。'],
  },
  ar: {
    subject: '{store}: {total} للدفع',
    greeting: 'مرحبًا {name}،',
    body: ['{message}', 'أعدّ لك {store} ما يلي:', '{items}', 'الإجمالي: {total}'],
    button: 'عرض ودفع',
    after: ['تبقى الأسعار كما هي ما دام الرابط صالحًا.'],
  },
};

/** The words in the shopper's language, else in English; a paragraph of staff and one for each thing. */
export function paymentMailText(
  locale: string,
  { message, items }: { message: string | null; items: readonly string[] },
): MailText {
  const english = byLanguage['en'] as MailText;
  const words = byLanguage[locale.split('-')[0] ?? 'en'] ?? english;
  const body = words.body.flatMap((paragraph) => {
    if (paragraph === '{items}') return items.map(literal);
    if (paragraph === '{message}') return message === null ? [] : [literal(message)];
    return [paragraph];
  });
  return { ...words, body };
}

/** What merchants wrote is not to be filled in: braces of theirs become others that look alike. */
function literal(text: string): string {
  return text.replaceAll('{', '❴').replaceAll('}', '❵');
}
