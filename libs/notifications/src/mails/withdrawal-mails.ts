import type { MailText } from './mail-texts';

/** The mails that answer a statement of withdrawal. */
export type WithdrawalMailName = 'receipt' | 'rejected';

/** `{statement}` and `{reason}` stand alone in a paragraph. */
const english: Record<WithdrawalMailName, MailText> = {
  receipt: {
    subject: 'We received your withdrawal {number}',
    greeting: 'Hello {name},',
    body: [
      '{store} received your statement of withdrawal on {date}. It reads:',
      '{statement}',
      'Please keep this e-mail: it confirms what you declared, and when. Fingerprint (SHA-256): {hash}',
    ],
    button: 'Back to the shop',
    after: [
      'We are dealing with it now. If you already have the goods, another e-mail tells you how to send them back.',
      'You get your money back within 14 days of your statement, the way you paid. We may wait with it until the goods, or proof that you sent them, have reached us.',
    ],
  },
  rejected: {
    subject: 'About your withdrawal {number}',
    greeting: 'Hello {name},',
    body: [
      'We looked at your statement of withdrawal of {date} and cannot accept it. The reason:',
      '{reason}',
    ],
    button: 'Back to the shop',
    after: ['If you disagree, please reply to this e-mail.'],
  },
};

const german: Record<WithdrawalMailName, MailText> = {
  receipt: {
    subject: 'Ihr Widerruf {number} ist eingegangen',
    greeting: 'Hallo {name},',
    body: [
      '{store} hat Ihre Widerrufserklärung am {date} erhalten. Sie lautet:',
      '{statement}',
      'Bitte bewahren Sie diese E-Mail auf: Sie bestätigt, was Sie erklärt haben und wann. Prüfsumme (SHA-256): {hash}',
    ],
    button: 'Zum Shop',
    after: [
      'Wir kümmern uns jetzt darum. Wenn Sie die Ware schon haben, erfahren Sie in einer weiteren E-Mail, wie Sie sie zurücksenden.',
      'Ihr Geld erhalten Sie binnen 14 Tagen nach Ihrer Erklärung zurück, über Ihre ursprüngliche Zahlungsart. Wir dürfen damit warten, bis die Ware oder ein Nachweis ihrer Absendung bei uns ist.',
    ],
  },
  rejected: {
    subject: 'Zu Ihrem Widerruf {number}',
    greeting: 'Hallo {name},',
    body: [
      'wir haben Ihre Widerrufserklärung vom {date} geprüft und können sie nicht annehmen. Der Grund:',
      '{reason}',
    ],
    button: 'Zum Shop',
    after: ['Wenn Sie das anders sehen, antworten Sie bitte auf diese E-Mail.'],
  },
};

const chinese: Record<WithdrawalMailName, MailText> = {
  receipt: {
    subject: '我们已收到您的撤回声明 {number}',
    greeting: '{name}，您好：',
    body: [
      '{store} 已于 {date} 收到您的撤回声明，内容如下：',
      '{statement}',
      '请保留此邮件：它确认了您的声明内容和时间。校验值（SHA-256）：{hash}',
    ],
    button: '前往商店',
    after: [
      '我们正在处理。如果您已收到商品，我们会另发邮件说明如何退回。',
      '款项将在您声明之日起 14 天内按原支付方式退还。在收到商品或您的寄出凭证之前，我们可以暂缓退款。',
    ],
  },
  rejected: {
    subject: '关于您的撤回声明 {number}',
    greeting: '{name}，您好：',
    body: ['我们已审核您于 {date} 提交的撤回声明，无法接受。原因如下：', '{reason}'],
    button: '前往商店',
    after: ['如有异议，请直接回复此邮件。'],
  },
};

const arabic: Record<WithdrawalMailName, MailText> = {
  receipt: {
    subject: 'تلقينا إعلان العدول {number}',
    greeting: 'مرحبًا {name}،',
    body: [
      'تلقى {store} إعلان عدولك عن العقد في {date}. ونصه:',
      '{statement}',
      'يُرجى الاحتفاظ بهذه الرسالة: فهي تؤكد ما أعلنته ومتى. البصمة (SHA-256): {hash}',
    ],
    button: 'إلى المتجر',
    after: [
      'نعمل عليه الآن. إذا كانت السلع لديك، فستخبرك رسالة أخرى بكيفية إعادتها.',
      'يعود إليك المال خلال 14 يومًا من إعلانك بالطريقة التي دفعت بها. ويجوز لنا الانتظار حتى تصلنا السلع أو ما يثبت إرسالها.',
    ],
  },
  rejected: {
    subject: 'بشأن إعلان العدول {number}',
    greeting: 'مرحبًا {name}،',
    body: ['نظرنا في إعلان عدولك المؤرخ {date} ولا يمكننا قبوله. السبب:', '{reason}'],
    button: 'إلى المتجر',
    after: ['إذا كان لك رأي آخر، فيُرجى الرد على هذه الرسالة.'],
  },
};

const byLanguage: Record<string, Record<WithdrawalMailName, MailText>> = {
  en: english,
  de: german,
  zh: chinese,
  ar: arabic,
};

/** A mail's words with the values that only it has: every line of a long text is a paragraph. */
export function withdrawalMailText(
  name: WithdrawalMailName,
  locale: string,
  texts: { statement: string; reason: string },
): { words: MailText; values: Record<string, string> } {
  const words = (byLanguage[locale.split('-')[0] ?? ''] ?? english)[name];
  const values: Record<string, string> = {};
  const body = words.body.flatMap((paragraph) => {
    const key = /^\{(statement|reason)\}$/.exec(paragraph)?.[1] as keyof typeof texts | undefined;
    if (key === undefined) return [paragraph];
    return texts[key].split('\n').map((line, at) => {
      values[`${key}${at}`] = line;
      return `{${key}${at}}`;
    });
  });
  return { words: { ...words, body }, values };
}
