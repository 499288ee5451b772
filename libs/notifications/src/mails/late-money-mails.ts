import type { MailText } from './mail-texts';

/** Words for whoever paid when it was too late. */
const byLanguage: Record<string, MailText> = {
  en: {
    subject: '{store}: your payment came too late',
    greeting: 'Hello {name},',
    body: [
      'Your payment of {total} reached us after your checkout had expired, and we could not keep these items for you:',
      '{items}',
      'No order was placed, and your money is refunded automatically, the way you paid. This can take a few days.',
    ],
    button: 'Back to the store',
    after: ['We are sorry. You can order again whatever is back in stock.'],
  },
  de: {
    subject: '{store}: Ihre Zahlung kam zu spät',
    greeting: 'Hallo {name},',
    body: [
      'Ihre Zahlung über {total} kam erst an, als Ihre Kasse abgelaufen war, und wir konnten diese Artikel nicht für Sie zurückhalten:',
      '{items}',
      'Es wurde nichts bestellt; Ihr Geld wird automatisch über Ihre Zahlungsart erstattet. Das kann einige Tage dauern.',
    ],
    button: 'Zurück zum Shop',
    after: ['Es tut uns leid. Was wieder da ist, können Sie neu bestellen.'],
  },
  zh: {
    subject: '{store}：您的付款到账过晚',
    greeting: '{name}，您好：',
    body: [
      '您的付款 {total} 在结账过期之后才到账，我们没能为您保留以下商品：',
      '{items}',
      '没有生成订单，款项会自动原路退还，可能需要几天。',
    ],
    button: '返回商店',
    after: ['非常抱歉。商品有货后可以重新下单。'],
  },
  ar: {
    subject: '{store}: وصلت دفعتك متأخرة',
    greeting: 'مرحبًا {name}،',
    body: [
      'وصلت دفعتك بقيمة {total} بعد انتهاء عملية الشراء، ولم نتمكن من حجز ما كان فيها لك:',
      '{items}',
      'لم يُنشأ أي طلب، وتعود الأموال إليك تلقائيًا بالطريقة نفسها. قد يستغرق ذلك بضعة أيام.',
    ],
    button: 'العودة إلى المتجر',
    after: ['نأسف لذلك. يمكنك إعادة طلب ما يتوفر من جديد.'],
  },
};

/** The words in the shopper's language, else in English. */
export function lateMoneyMailText(locale: string): MailText {
  return byLanguage[locale.split('-')[0] ?? 'en'] ?? (byLanguage['en'] as MailText);
}
