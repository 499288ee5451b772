import { type ExchangeMailName, exchangeMails } from './exchange-mails';
import { type GiftMailName, giftMails } from './gift-mails';
import { literal } from './literal';
import { isolated } from './marks';
import type { MailText } from './mail-texts';

/** The mails that tell shoppers what becomes of their order. */
export type OrderMailName =
  | 'confirmed'
  | 'edited'
  | 'shipped'
  | 'refunded'
  | 'cancelled'
  | 'return_requested'
  | 'return_approved'
  | 'return_declined'
  | ExchangeMailName
  | GiftMailName;

/** Words around a list of goods: `{items}` stands alone in a paragraph and is replaced by a paragraph for each. */
const english: Record<OrderMailName, MailText> = {
  ...exchangeMails.en,
  ...giftMails.en,
  confirmed: {
    subject: 'Your order {number} with {store}',
    greeting: 'Hello {name},',
    body: [
      'Thank you for your order {number}. This is what you bought:',
      '{items}',
      '{sums}',
      'Total: {total}',
    ],
    button: 'See your order',
    whenSent: 'We send you another e-mail when it is on its way.',
    after: ['Withdraw from contract here: {withdrawal}'],
  },
  edited: {
    subject: 'Your order {number} was changed',
    greeting: 'Hello {name},',
    body: [
      'Your order {number} with {store} was changed. It is now:',
      '{items}',
      '{sums}',
      'Total: {total}',
    ],
    button: 'See your order',
    after: ['If you did not expect this, please reply to this e-mail.'],
  },
  shipped: {
    subject: 'Your order {number} is on its way',
    greeting: 'Hello {name},',
    body: ['A parcel of your order {number} is on its way:', '{items}', '{tracking}'],
    button: 'See your order',
    after: ['Kind regards, {store}'],
  },
  refunded: {
    subject: 'Refund for your order {number}',
    greeting: 'Hello {name},',
    body: ['We are refunding {total} for your order {number}:', '{items}'],
    button: 'See your order',
    after: [
      'It may take a few days until your bank shows it; gift cards and store credit can be used at once.',
    ],
  },
  cancelled: {
    subject: 'Your order {number} is cancelled',
    greeting: 'Hello {name},',
    body: ['Your order {number} with {store} is cancelled and will not be sent.'],
    button: 'See your order',
    after: [
      'If you have already paid, your money goes back the way you paid; another e-mail tells you how much.',
    ],
  },
  return_requested: {
    subject: 'We received your return for order {number}',
    greeting: 'Hello {name},',
    body: ['You asked to return this from your order {number}:', '{items}'],
    button: 'See your order',
    after: ['We check your request and write to you.'],
  },
  return_approved: {
    subject: 'Please send back: order {number}',
    greeting: 'Hello {name},',
    body: ['Your return for order {number} is approved. Please send us:', '{items}'],
    button: 'See your order',
    after: [
      'Pack it well and put the number {number} in the parcel. We refund you once it has arrived.',
    ],
  },
  return_declined: {
    subject: 'About your return for order {number}',
    greeting: 'Hello {name},',
    body: ['We cannot take this back from your order {number}:', '{items}', '{tracking}'],
    button: 'See your order',
    after: ['If you disagree, please reply to this e-mail.'],
  },
};

const german: Record<OrderMailName, MailText> = {
  ...exchangeMails.de,
  ...giftMails.de,
  confirmed: {
    subject: 'Ihre Bestellung {number} bei {store}',
    greeting: 'Hallo {name},',
    body: [
      'vielen Dank für Ihre Bestellung {number}. Das haben Sie gekauft:',
      '{items}',
      '{sums}',
      'Summe: {total}',
    ],
    button: 'Bestellung ansehen',
    whenSent: 'Sie erhalten eine weitere E-Mail, sobald sie unterwegs ist.',
    after: ['Vertrag hier widerrufen: {withdrawal}'],
  },
  edited: {
    subject: 'Ihre Bestellung {number} wurde geändert',
    greeting: 'Hallo {name},',
    body: [
      'Ihre Bestellung {number} bei {store} wurde geändert. Sie umfasst nun:',
      '{items}',
      '{sums}',
      'Summe: {total}',
    ],
    button: 'Bestellung ansehen',
    after: ['Wenn Sie das nicht erwartet haben, antworten Sie auf diese E-Mail.'],
  },
  shipped: {
    subject: 'Ihre Bestellung {number} ist unterwegs',
    greeting: 'Hallo {name},',
    body: ['ein Paket Ihrer Bestellung {number} ist auf dem Weg:', '{items}', '{tracking}'],
    button: 'Bestellung ansehen',
    after: ['Viele Grüße, {store}'],
  },
  refunded: {
    subject: 'Erstattung zu Ihrer Bestellung {number}',
    greeting: 'Hallo {name},',
    body: ['zu Ihrer Bestellung {number} erhalten Sie {total} zurück:', '{items}'],
    button: 'Bestellung ansehen',
    after: [
      'Bis Ihre Bank die Erstattung anzeigt, können einige Tage vergehen; Gutscheine und Guthaben sind sofort einlösbar.',
    ],
  },
  cancelled: {
    subject: 'Ihre Bestellung {number} ist storniert',
    greeting: 'Hallo {name},',
    body: ['Ihre Bestellung {number} bei {store} ist storniert und wird nicht versandt.'],
    button: 'Bestellung ansehen',
    after: [
      'Haben Sie schon bezahlt, geht Ihr Geld auf demselben Weg zurück; eine weitere E-Mail nennt den Betrag.',
    ],
  },
  return_requested: {
    subject: 'Ihre Rücksendung zu Bestellung {number}',
    greeting: 'Hallo {name},',
    body: ['Sie möchten dies aus Ihrer Bestellung {number} zurücksenden:', '{items}'],
    button: 'Bestellung ansehen',
    after: ['Wir prüfen Ihre Anfrage und schreiben Ihnen.'],
  },
  return_approved: {
    subject: 'Bitte senden Sie zurück: Bestellung {number}',
    greeting: 'Hallo {name},',
    body: [
      'Ihre Rücksendung zu Bestellung {number} ist genehmigt. Bitte senden Sie uns:',
      '{items}',
    ],
    button: 'Bestellung ansehen',
    after: [
      'Verpacken Sie alles gut und legen Sie die Nummer {number} bei. Wir erstatten Ihnen den Betrag, sobald die Sendung bei uns ist.',
    ],
  },
  return_declined: {
    subject: 'Zu Ihrer Rücksendung aus Bestellung {number}',
    greeting: 'Hallo {name},',
    body: [
      'Dies aus Ihrer Bestellung {number} können wir nicht zurücknehmen:',
      '{items}',
      '{tracking}',
    ],
    button: 'Bestellung ansehen',
    after: ['Wenn Sie das anders sehen, antworten Sie bitte auf diese E-Mail.'],
  },
};

const chinese: Record<OrderMailName, MailText> = {
  ...exchangeMails.zh,
  ...giftMails.zh,
  confirmed: {
    subject: '您在 {store} 的订单 {number}',
    greeting: '{name}，您好：',
    body: ['感谢您的订单 {number}。您购买的商品：', '{items}', '{sums}', '合计：{total}'],
    button: '查看订单',
    whenSent: '发货后，您会收到另一封邮件。',
    after: ['在此撤回合同：{withdrawal}'],
  },
  edited: {
    subject: '您的订单 {number} 已修改',
    greeting: '{name}，您好：',
    body: ['您在 {store} 的订单 {number} 已修改，现包含：', '{items}', '{sums}', '合计：{total}'],
    button: '查看订单',
    after: ['如果您对此有疑问，请回复此邮件。'],
  },
  shipped: {
    subject: '您的订单 {number} 已发货',
    greeting: '{name}，您好：',
    body: ['订单 {number} 的一个包裹已寄出：', '{items}', '{tracking}'],
    button: '查看订单',
    after: ['{store} 敬上'],
  },
  refunded: {
    subject: '订单 {number} 的退款',
    greeting: '{name}，您好：',
    body: ['订单 {number} 将退还 {total}：', '{items}'],
    button: '查看订单',
    after: ['银行入账可能需要几天时间；礼品卡和商店余额可立即使用。'],
  },
  cancelled: {
    subject: '您的订单 {number} 已取消',
    greeting: '{name}，您好：',
    body: ['您在 {store} 的订单 {number} 已取消，不会发货。'],
    button: '查看订单',
    after: ['如果您已付款，款项将原路退回，金额会在另一封邮件中告知。'],
  },
  return_requested: {
    subject: '已收到您的退货申请：订单 {number}',
    greeting: '{name}，您好：',
    body: ['您申请退回订单 {number} 中的以下商品：', '{items}'],
    button: '查看订单',
    after: ['我们审核后会与您联系。'],
  },
  return_approved: {
    subject: '请寄回：订单 {number}',
    greeting: '{name}，您好：',
    body: ['订单 {number} 的退货已批准，请寄回：', '{items}'],
    button: '查看订单',
    after: ['请妥善包装，并在包裹内附上订单号 {number}。收到后即退款。'],
  },
  return_declined: {
    subject: '关于订单 {number} 的退货',
    greeting: '{name}，您好：',
    body: ['订单 {number} 中的以下商品无法退回：', '{items}', '{tracking}'],
    button: '查看订单',
    after: ['如有异议，请直接回复此邮件。'],
  },
};

const arabic: Record<OrderMailName, MailText> = {
  ...exchangeMails.ar,
  ...giftMails.ar,
  confirmed: {
    subject: 'طلبك {number} من {store}',
    greeting: 'مرحبًا {name}،',
    body: ['شكرًا على طلبك {number}. هذا ما اشتريته:', '{items}', '{sums}', 'الإجمالي: {total}'],
    button: 'عرض الطلب',
    whenSent: 'ستصلك رسالة أخرى عند شحن الطلب.',
    after: ['العدول عن العقد من هنا: {withdrawal}'],
  },
  edited: {
    subject: 'تم تعديل طلبك {number}',
    greeting: 'مرحبًا {name}،',
    body: [
      'تم تعديل طلبك {number} من {store}. وهو الآن:',
      '{items}',
      '{sums}',
      'الإجمالي: {total}',
    ],
    button: 'عرض الطلب',
    after: ['إذا لم تكن تتوقع ذلك، فأجب على هذه الرسالة.'],
  },
  shipped: {
    subject: 'طلبك {number} في الطريق إليك',
    greeting: 'مرحبًا {name}،',
    body: ['غادر طرد من طلبك {number}:', '{items}', '{tracking}'],
    button: 'عرض الطلب',
    after: ['مع تحيات {store}'],
  },
  refunded: {
    subject: 'استرداد مبلغ طلبك {number}',
    greeting: 'مرحبًا {name}،',
    body: ['ستسترد {total} عن طلبك {number}:', '{items}'],
    button: 'عرض الطلب',
    after: [
      'قد تمر بضعة أيام قبل أن يظهر المبلغ في حساب مصرفي، أما بطاقات الهدايا والرصيد فمتاحة فورًا.',
    ],
  },
  cancelled: {
    subject: 'أُلغي طلبك {number}',
    greeting: 'مرحبًا {name}،',
    body: ['أُلغي طلبك {number} من {store} ولن يُشحن.'],
    button: 'عرض الطلب',
    after: ['إن كنت قد دفعت، فيعود إليك المال بالطريقة نفسها، وتخبرك رسالة أخرى بالمبلغ.'],
  },
  return_requested: {
    subject: 'تلقينا طلب الإرجاع: الطلب {number}',
    greeting: 'مرحبًا {name}،',
    body: ['طلبت إرجاع ما يلي من طلبك {number}:', '{items}'],
    button: 'عرض الطلب',
    after: ['ننظر فيه ونكتب إليك.'],
  },
  return_approved: {
    subject: 'يُرجى الإرسال: الطلب {number}',
    greeting: 'مرحبًا {name}،',
    body: ['تمت الموافقة على إرجاع من طلبك {number}. يُرجى أن ترسل إلينا:', '{items}'],
    button: 'عرض الطلب',
    after: ['غلّفه جيدًا وضع رقم الطلب {number} في الطرد. يعود إليك المال عند وصوله.'],
  },
  return_declined: {
    subject: 'بشأن الإرجاع من الطلب {number}',
    greeting: 'مرحبًا {name}،',
    body: ['لا يمكننا استرجاع ما يلي من طلبك {number}:', '{items}', '{tracking}'],
    button: 'عرض الطلب',
    after: ['إذا كان لك رأي آخر، فيُرجى الرد على هذه الرسالة.'],
  },
};

const byLanguage: Record<string, Record<OrderMailName, MailText>> = {
  en: english,
  de: german,
  zh: chinese,
  ar: arabic,
};

/** Every mail about an order. */
export const orderMailNames = Object.keys(english) as OrderMailName[];

/** The words as they stand, with `{items}`, `{sums}` and `{tracking}` among them. */
export function orderMailWords(name: OrderMailName, locale: string): MailText {
  const language = locale.split('-')[0] ?? 'en';
  return (byLanguage[language] ?? english)[name];
}

/**
 * The words of an order's mail in the shopper's language, else in English.
 * @param items a paragraph for each thing in the mail
 * @param sums what leads from the items to the total, a line each
 * @param tracking how the parcel is followed; the paragraph is left out without it
 * @param shippable how many things are sent; of none nothing is said to be on its way
 * @param withdrawable whether the sentence about withdrawing stays
 */
export function orderMailText(
  name: OrderMailName,
  locale: string,
  more: {
    items: readonly string[];
    sums: string;
    tracking: string | null;
    shippable: number;
    withdrawable: boolean;
  },
): MailText {
  const { items, sums, tracking, shippable, withdrawable } = more;
  const { whenSent, ...words } = orderMailWords(name, locale);
  const body = words.body.flatMap((paragraph) => {
    if (paragraph === '{items}') return items.map(literal);
    if (paragraph === '{sums}') return [literal(sums)];
    if (paragraph === '{tracking}') return tracking === null ? [] : [isolated(literal(tracking))];
    return [paragraph];
  });
  const after = words.after.filter((text) => withdrawable || !text.includes('{withdrawal}'));
  const text = { ...words, body, after };
  return shippable === 0 || whenSent === undefined ? text : { ...text, whenSent };
}
