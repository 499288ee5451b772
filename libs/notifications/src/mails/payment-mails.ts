import { literal } from './literal';
import { isolated } from './marks';
import type { MailText } from './mail-texts';

/** Words that ask somebody to pay what staff agreed on with them. */
const byLanguage: Record<string, MailText> = {
  en: {
    subject: '{store}: {total} to pay',
    greeting: 'Hello {name},',
    body: ['{message}', '{store} has put this together for you:', '{items}', 'Total: {total}'],
    button: 'Review and pay',
    after: ['The prices are yours for as long as the link works.'],
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

/** Words that ask to pay another way, because the provider would not give the money of an order that stands. */
const whenRefused: Record<string, MailText> = {
  en: {
    subject: '{store}: your payment of {total} did not go through',
    greeting: 'Hello {name},',
    body: [
      'Your bank or card would not pay for your order at {store}:',
      '{items}',
      'Still to pay: {total}',
      'We keep the goods for you for now. Please choose another payment method; any amount that was reserved is then released.',
    ],
    button: 'Pay now',
    after: [],
  },
  de: {
    subject: '{store}: Ihre Zahlung über {total} ist fehlgeschlagen',
    greeting: 'Hallo {name},',
    body: [
      'Ihre Bank oder Karte hat die Zahlung Ihrer Bestellung bei {store} abgelehnt:',
      '{items}',
      'Noch zu zahlen: {total}',
      'Wir halten die Ware vorerst für Sie bereit. Bitte zahlen Sie auf einem anderen Weg; ein bereits reservierter Betrag wird dann freigegeben.',
    ],
    button: 'Jetzt bezahlen',
    after: [],
  },
  zh: {
    subject: '{store}：您的 {total} 付款未成功',
    greeting: '{name}，您好：',
    body: [
      '您的银行或银行卡拒绝支付您在 {store} 的订单：',
      '{items}',
      '待付款：{total}',
      '我们暂时为您保留商品。请使用其他方式付款；付款后，此前冻结的金额将予以解除。',
    ],
    button: '立即付款',
    after: [],
  },
  ar: {
    subject: '{store}: تعذّر دفع {total}',
    greeting: 'مرحبًا {name}،',
    body: [
      'رفض مصرفك أو بطاقتك دفع قيمة طلبك لدى {store}:',
      '{items}',
      'المتبقي للدفع: {total}',
      'نحتفظ لك بالسلع في الوقت الحالي. يُرجى الدفع بطريقة أخرى، وعندها يُلغى حجز المبلغ السابق.',
    ],
    button: 'ادفع الآن',
    after: [],
  },
};

/** The words in the shopper's language, else in English; a paragraph of staff and one for each thing. */
export function paymentMailText(
  locale: string,
  {
    message,
    items,
    refused,
  }: { message: string | null; items: readonly string[]; refused: boolean },
): MailText {
  const texts = refused ? whenRefused : byLanguage;
  const english = texts['en'] as MailText;
  const words = texts[locale.split('-')[0] ?? 'en'] ?? english;
  const body = words.body.flatMap((paragraph) => {
    if (paragraph === '{items}') return items.map(literal);
    if (paragraph === '{message}') return message === null ? [] : [isolated(literal(message))];
    return [paragraph];
  });
  return { ...words, body };
}
