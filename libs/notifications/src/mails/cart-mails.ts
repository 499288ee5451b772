import type { MailText } from './mail-texts';

const english: MailText = {
  subject: 'You left something in your cart at {store}',
  greeting: 'Hello {name},',
  body: ['This is still in your cart:', '{items}'],
  button: 'Back to your cart',
  after: ['The link works for three days. We remind you of this cart only once.'],
};

const german: MailText = {
  subject: 'In Ihrem Warenkorb bei {store} liegt noch etwas',
  greeting: 'Hallo {name},',
  body: ['das liegt noch in Ihrem Warenkorb:', '{items}'],
  button: 'Zurück zum Warenkorb',
  after: ['Der Link gilt drei Tage. Wir erinnern nur einmal an diesen Warenkorb.'],
};

const chinese: MailText = {
  subject: '您在 {store} 还有未结算的商品',
  greeting: '{name}，您好：',
  body: ['您的购物车中仍有：', '{items}'],
  button: '返回购物车',
  after: ['链接三天内有效。此购物车我们只提醒一次。'],
};

const arabic: MailText = {
  subject: 'تركت شيئًا في {store}',
  greeting: 'مرحبًا {name}،',
  body: ['ما زال هذا في سلتك:', '{items}'],
  button: 'العودة إلى السلة',
  after: ['يعمل الرابط ثلاثة أيام. نذكّرك بهذه السلة مرة واحدة فقط.'],
};

const byLanguage: Record<string, MailText> = {
  en: english,
  de: german,
  zh: chinese,
  ar: arabic,
};

/** The reminder of a cart in the shopper's language, else in English. */
export function cartMailText(locale: string): MailText {
  return byLanguage[locale.split('-')[0] ?? 'en'] ?? english;
}
