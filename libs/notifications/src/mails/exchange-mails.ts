import type { MailText } from './mail-texts';

/** The mails of an exchange, where they say something else than those of a return. */
export type ExchangeMailName = 'exchange_approved' | 'exchanged';

/** Their words by language. */
export const exchangeMails: Record<
  'en' | 'de' | 'zh' | 'ar',
  Record<ExchangeMailName, MailText>
> = {
  en: {
    exchange_approved: {
      subject: 'Please send back: order {number}',
      greeting: 'Hello {name},',
      body: ['Your exchange for order {number} is approved. Please send us:', '{items}'],
      button: 'See your order',
      after: [
        'Pack it well and put the number {number} in the parcel. We keep the replacement for you for 14 days.',
      ],
    },
    exchanged: {
      subject: 'Your exchange for order {number}',
      greeting: 'Hello {name},',
      body: ['What you sent back has arrived. Your replacement:', '{items}'],
      button: 'See your order',
      after: ['We send you another e-mail when it is on its way.'],
    },
  },
  de: {
    exchange_approved: {
      subject: 'Bitte senden Sie zurück: Bestellung {number}',
      greeting: 'Hallo {name},',
      body: ['Ihr Umtausch zu Bestellung {number} ist genehmigt. Bitte senden Sie uns:', '{items}'],
      button: 'Bestellung ansehen',
      after: [
        'Verpacken Sie alles gut und legen Sie die Nummer {number} bei. Den Ersatz halten wir 14 Tage für Sie zurück.',
      ],
    },
    exchanged: {
      subject: 'Ihr Umtausch zu Bestellung {number}',
      greeting: 'Hallo {name},',
      body: ['Ihre Rücksendung ist angekommen. Ihr Ersatz:', '{items}'],
      button: 'Bestellung ansehen',
      after: ['Sie erhalten eine weitere E-Mail, sobald es unterwegs ist.'],
    },
  },
  zh: {
    exchange_approved: {
      subject: '请寄回：订单 {number}',
      greeting: '{name}，您好：',
      body: ['订单 {number} 的换货已批准，请寄回：', '{items}'],
      button: '查看订单',
      after: ['请妥善包装，并在包裹内附上订单号 {number}。换货商品为您保留 14 天。'],
    },
    exchanged: {
      subject: '订单 {number} 的换货',
      greeting: '{name}，您好：',
      body: ['您寄回的商品已收到，换给您的是：', '{items}'],
      button: '查看订单',
      after: ['发货后您会收到另一封邮件。'],
    },
  },
  ar: {
    exchange_approved: {
      subject: 'يُرجى الإرسال: الطلب {number}',
      greeting: 'مرحبًا {name}،',
      body: ['تمت الموافقة على الاستبدال من طلبك {number}. يُرجى أن ترسل إلينا:', '{items}'],
      button: 'عرض الطلب',
      after: ['غلّفه جيدًا وضع رقم الطلب {number} في الطرد. نحتفظ لك بالبديل 14 يومًا.'],
    },
    exchanged: {
      subject: 'الاستبدال من الطلب {number}',
      greeting: 'مرحبًا {name}،',
      body: ['وصل ما أعدته. وتحصل بدلًا منه على:', '{items}'],
      button: 'عرض الطلب',
      after: ['تصلك رسالة أخرى عندما يُرسَل إليك.'],
    },
  },
};
