import { literal } from './literal';
import { isolated } from './marks';
import type { MailText } from './mail-texts';

/** The mails to whoever bought gift cards: their codes, or that they were sent to somebody else. */
export type GiftMailName = 'gift_cards' | 'gift_sent';

type Language = 'en' | 'de' | 'zh' | 'ar';

/** Their words by language. */
export const giftMails: Record<Language, Record<GiftMailName, MailText>> = {
  en: {
    gift_cards: {
      subject: 'Your gift cards from {store}',
      greeting: 'Hello {name},',
      body: ['Your order {number} is paid. Here are the codes:', '{items}'],
      button: 'See your order',
      after: ['Enter a code at the checkout, all at once or in parts. Keep it as safe as money.'],
    },
    gift_sent: {
      subject: 'Your gift was sent to {recipient}',
      greeting: 'Hello {name},',
      body: ['We have e-mailed {recipient} what you bought with your order {number}:', '{items}'],
      button: 'See your order',
      after: ['The code is in that e-mail only. If it does not arrive, please reply to this one.'],
    },
  },
  de: {
    gift_cards: {
      subject: 'Ihre Gutscheine von {store}',
      greeting: 'Hallo {name},',
      body: ['Ihre Bestellung {number} ist bezahlt. Das sind die Codes:', '{items}'],
      button: 'Bestellung ansehen',
      after: [
        'Geben Sie einen Code an der Kasse ein, auf einmal oder in Teilen. Verwahren Sie ihn wie Geld.',
      ],
    },
    gift_sent: {
      subject: 'Ihr Geschenk ging an {recipient}',
      greeting: 'Hallo {name},',
      body: [
        'wir haben {recipient} geschickt, was Sie mit Bestellung {number} verschenken:',
        '{items}',
      ],
      button: 'Bestellung ansehen',
      after: [
        'Der Code steht nur in jener E-Mail. Kommt sie nicht an, antworten Sie bitte auf diese.',
      ],
    },
  },
  zh: {
    gift_cards: {
      subject: '您在 {store} 购买的礼品卡',
      greeting: '{name}，您好：',
      body: ['订单 {number} 已付款，礼品卡代码如下：', '{items}'],
      button: '查看订单',
      after: ['结账时输入代码即可使用，可一次或分次用完。请像现金一样妥善保管。'],
    },
    gift_sent: {
      subject: '您的礼物已发送给 {recipient}',
      greeting: '{name}，您好：',
      body: ['您在订单 {number} 中购买的以下礼品卡已发送至 {recipient}：', '{items}'],
      button: '查看订单',
      after: ['代码只在那封邮件中。如对方未收到，请回复此邮件。'],
    },
  },
  ar: {
    gift_cards: {
      subject: 'بطاقات الهدايا من {store}',
      greeting: 'مرحبًا {name}،',
      body: ['دُفع طلبك {number}. هذه هي الرموز:', '{items}'],
      button: 'عرض الطلب',
      after: ['أدخل الرمز عند الدفع، دفعة واحدة أو على أجزاء. واحفظه كما تحفظ النقود.'],
    },
    gift_sent: {
      subject: 'أُرسلت هديتك إلى {recipient}',
      greeting: 'مرحبًا {name}،',
      body: ['أرسلنا إلى {recipient} ما اشتريته في طلبك {number}:', '{items}'],
      button: 'عرض الطلب',
      after: ['الرمز في تلك الرسالة وحدها. إن لم تصل، فأجب على هذه الرسالة.'],
    },
  },
};

/** The mail to whom the gift cards are for; `{message}` and `{items}` stand alone in a paragraph. */
const received: Record<Language, MailText> = {
  en: {
    subject: '{sender} sends you a gift card for {store}',
    greeting: 'Hello {name},',
    body: ['{sender} sends you a gift card for {store}.', '{message}', '{items}'],
    button: 'Go to {store}',
    after: ['Enter the code at the checkout, all at once or in parts. Keep it as safe as money.'],
  },
  de: {
    subject: '{sender} schenkt Ihnen einen Gutschein von {store}',
    greeting: 'Hallo {name},',
    body: ['{sender} schenkt Ihnen einen Gutschein von {store}.', '{message}', '{items}'],
    button: 'Zu {store}',
    after: [
      'Geben Sie den Code an der Kasse ein, auf einmal oder in Teilen. Verwahren Sie ihn wie Geld.',
    ],
  },
  zh: {
    subject: '{sender} 送您一张 {store} 礼品卡',
    greeting: '{name}，您好：',
    body: ['{sender} 送您一张 {store} 礼品卡。', '{message}', '{items}'],
    button: '前往 {store}',
    after: ['结账时输入代码即可使用，可一次或分次用完。请像现金一样妥善保管。'],
  },
  ar: {
    subject: 'بطاقة هدية من {sender} لدى {store}',
    greeting: 'مرحبًا {name}،',
    body: ['أهداك {sender} بطاقة هدية لدى {store}.', '{message}', '{items}'],
    button: 'إلى {store}',
    after: ['أدخل الرمز عند الدفع، دفعة واحدة أو على أجزاء. واحفظه كما تحفظ النقود.'],
  },
};

/** The words to the recipient in the order's language, else in English, with `{message}` and `{items}` among them. */
export function receivedGiftWords(locale: string): MailText {
  const words: Partial<Record<string, MailText>> = received;
  return words[locale.split('-')[0] ?? 'en'] ?? received.en;
}

/**
 * The same, with the cards in it.
 * @param message of the buyer; its paragraph is left out without one
 */
export function receivedGiftText(
  locale: string,
  { items, message }: { items: readonly string[]; message: string | null },
): MailText {
  const words = receivedGiftWords(locale);
  const body = words.body.flatMap((paragraph) => {
    if (paragraph === '{items}') return items.map(literal);
    if (paragraph === '{message}') return message === null ? [] : [isolated(literal(message))];
    return [paragraph];
  });
  return { ...words, body };
}
