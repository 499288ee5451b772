/** The words of one mail in one language; `{name}` is filled in. */
export interface MailText {
  subject: string;
  greeting: string;
  /** Paragraphs before the button. */
  body: string[];
  button: string;
  /** A paragraph after it, of orders with goods that are sent. */
  whenSent?: string;
  /** Paragraphs after it. */
  after: string[];
}

/** The mails of the platform itself. */
export type MailName =
  | 'password-reset'
  | 'invitation'
  | 'webhook-failing'
  | 'webhook-gone'
  | 'payment-mismatched'
  | 'authorization-ageing'
  | 'vat-number-confirmed';

const english: Record<MailName, MailText> = {
  'password-reset': {
    subject: 'Set a new password',
    greeting: 'Hello {name},',
    body: ['Somebody, probably you, asked for a new password for your Caravel account.'],
    button: 'Choose a new password',
    after: [
      'The link works once and for one hour.',
      'If it was not you, nothing has to be done: your password stays as it is.',
    ],
  },
  invitation: {
    subject: '{inviter} invites you to {organization}',
    greeting: 'Hello,',
    body: ['{inviter} invites you to work with {organization} on Caravel, as {role}.'],
    button: 'Accept the invitation',
    after: ['The invitation is good for seven days and for this e-mail address only.'],
  },
  'webhook-failing': {
    subject: 'A webhook of {store} is paused',
    greeting: 'Hello {name},',
    body: [
      'The receiver at {address} has not taken a webhook of {store} for three days, so nothing is sent to it any more.',
      'What it missed is kept for 30 days and sent in its order once the webhook is active again.',
    ],
    button: 'Look at the webhook',
    after: ['Its log shows what the receiver answered.'],
  },
  'webhook-gone': {
    subject: 'A webhook of {store} is paused',
    greeting: 'Hello {name},',
    body: [
      'The receiver at {address} answered a webhook of {store} with 410 Gone, so nothing is sent to it any more.',
      'If that was a mistake, make the webhook active again: what it missed is kept for 30 days.',
    ],
    button: 'Look at the webhook',
    after: ['If the receiver is gone for good, delete the webhook.'],
  },
  'authorization-ageing': {
    subject: '{store}: capture the money of order {number}',
    greeting: 'Hello {name},',
    body: [
      '{provider} keeps {held} for your order {number} until {due}. After that it may be gone.',
      'Capture it before, or cancel the order.',
    ],
    button: 'See the order',
    after: ['You get this mail once for each payment.'],
  },
  'vat-number-confirmed': {
    subject: '{store}: VAT was charged for order {number}, the VAT number is valid',
    greeting: 'Hello {name},',
    body: [
      'When order {number} was placed, the VAT number {vat} could not be checked, so {tax} of VAT was charged. The register has answered by now: the number is valid (consultation number {consultation}).',
      'Nothing was paid back by itself. If the sale is one without VAT, refund it and correct the invoice; if in doubt, ask your adviser.',
    ],
    button: 'See the order',
    after: ['You get this mail once for each order.'],
  },
  'payment-mismatched': {
    subject: '{store}: a payment of another amount than was asked for',
    greeting: 'Hello {name},',
    body: [
      '{provider} reports {held} for a checkout of {store} that asked for {asked}.',
      'No order was made of it, and the money goes back to the shopper by itself.',
    ],
    button: 'Look at your payment accounts',
    after: [
      'If it happens again, look at the payment in the account of the provider: {reference}. Somebody may have changed it there, or tried to pay less.',
    ],
  },
};

const german: Record<MailName, MailText> = {
  'password-reset': {
    subject: 'Neues Passwort festlegen',
    greeting: 'Hallo {name},',
    body: ['jemand, vermutlich Sie, hat ein neues Passwort für Ihr Caravel-Konto angefordert.'],
    button: 'Neues Passwort wählen',
    after: [
      'Der Link gilt einmal und eine Stunde lang.',
      'Wenn Sie es nicht waren, ist nichts zu tun: Ihr Passwort bleibt, wie es ist.',
    ],
  },
  invitation: {
    subject: '{inviter} lädt Sie zu {organization} ein',
    greeting: 'Hallo,',
    body: ['{inviter} lädt Sie ein, bei {organization} auf Caravel mitzuarbeiten, als {role}.'],
    button: 'Einladung annehmen',
    after: ['Die Einladung gilt sieben Tage und nur für diese E-Mail-Adresse.'],
  },
  'webhook-failing': {
    subject: 'Ein Webhook von {store} ist angehalten',
    greeting: 'Hallo {name},',
    body: [
      'der Empfänger unter {address} hat drei Tage lang keinen Webhook von {store} angenommen; es wird nichts mehr an ihn gesendet.',
      'Was er verpasst hat, wird 30 Tage aufbewahrt und der Reihe nach gesendet, sobald der Webhook wieder aktiv ist.',
    ],
    button: 'Webhook ansehen',
    after: ['Sein Protokoll zeigt, was der Empfänger geantwortet hat.'],
  },
  'webhook-gone': {
    subject: 'Ein Webhook von {store} ist angehalten',
    greeting: 'Hallo {name},',
    body: [
      'der Empfänger unter {address} hat einem Webhook von {store} mit 410 Gone geantwortet; es wird nichts mehr an ihn gesendet.',
      'War das ein Versehen, so schalten Sie den Webhook wieder ein: Was er verpasst hat, wird 30 Tage aufbewahrt.',
    ],
    button: 'Webhook ansehen',
    after: ['Gibt es den Empfänger nicht mehr, so löschen Sie den Webhook.'],
  },
  'authorization-ageing': {
    subject: '{store}: Zahlung der Bestellung {number} einziehen',
    greeting: 'Hallo {name},',
    body: [
      '{provider} hält {held} für Ihre Bestellung {number} bis {due} bereit. Danach kann das Geld verloren sein.',
      'Ziehen Sie es vorher ein oder stornieren Sie die Bestellung.',
    ],
    button: 'Bestellung ansehen',
    after: ['Diese E-Mail kommt für jede Zahlung einmal.'],
  },
  'vat-number-confirmed': {
    subject: '{store}: Bestellung {number} enthält Umsatzsteuer, die USt-IdNr. ist gültig',
    greeting: 'Hallo {name},',
    body: [
      'Als die Bestellung {number} einging, ließ sich die USt-IdNr. {vat} nicht prüfen; deshalb wurden {tax} Umsatzsteuer berechnet. Inzwischen hat das Register geantwortet: Die Nummer ist gültig (Konsultationsnummer {consultation}).',
      'Von selbst wurde nichts erstattet. Ist der Verkauf steuerfrei, erstatten Sie die Steuer und berichtigen Sie die Rechnung; fragen Sie im Zweifel Ihre Steuerberatung.',
    ],
    button: 'Bestellung ansehen',
    after: ['Diese E-Mail kommt für jede Bestellung einmal.'],
  },
  'payment-mismatched': {
    subject: '{store}: eine Zahlung mit anderem Betrag als verlangt',
    greeting: 'Hallo {name},',
    body: [
      '{provider} meldet {held} für eine Kasse von {store}, die {asked} verlangt hat.',
      'Daraus wurde keine Bestellung; das Geld geht von selbst an den Käufer zurück.',
    ],
    button: 'Zahlungskonten ansehen',
    after: [
      'Geschieht es wieder, so sehen Sie sich die Zahlung im Konto des Anbieters an: {reference}. Vielleicht wurde sie dort geändert, oder jemand wollte weniger zahlen.',
    ],
  },
};

const chinese: Record<MailName, MailText> = {
  'password-reset': {
    subject: '设置新密码',
    greeting: '{name}，您好：',
    body: ['有人（应该是您本人）为您的 Caravel 账户申请了新密码。'],
    button: '设置新密码',
    after: ['链接仅可使用一次，一小时内有效。', '如果不是您本人操作，无需处理，您的密码不会改变。'],
  },
  invitation: {
    subject: '{inviter} 邀请您加入 {organization}',
    greeting: '您好：',
    body: ['{inviter} 邀请您以“{role}”身份加入 Caravel 上的 {organization}。'],
    button: '接受邀请',
    after: ['邀请七天内有效，且仅限此邮箱使用。'],
  },
  'webhook-failing': {
    subject: '{store} 的一个 Webhook 已暂停',
    greeting: '{name}，您好：',
    body: [
      '{address} 的接收方已三天没有接收 {store} 的 Webhook，因此不再向其发送。',
      '错过的内容会保留 30 天，重新启用 Webhook 后将按顺序发送。',
    ],
    button: '查看 Webhook',
    after: ['日志中可以看到接收方的响应。'],
  },
  'webhook-gone': {
    subject: '{store} 的一个 Webhook 已暂停',
    greeting: '{name}，您好：',
    body: [
      '{address} 的接收方以 410 Gone 响应了 {store} 的 Webhook，因此不再向其发送。',
      '如果这是误操作，请重新启用 Webhook：错过的内容会保留 30 天。',
    ],
    button: '查看 Webhook',
    after: ['如果接收方已不存在，请删除该 Webhook。'],
  },
  'authorization-ageing': {
    subject: '{store}：请扣取订单 {number} 的款项',
    greeting: '{name}，您好：',
    body: [
      '{provider} 为订单 {number} 保留 {held}，至 {due} 为止。逾期款项可能无法收取。',
      '请在此之前扣款，或取消订单。',
    ],
    button: '查看订单',
    after: ['每笔付款只发送一次此邮件。'],
  },
  'vat-number-confirmed': {
    subject: '{store}：订单 {number} 已收增值税，而该税号有效',
    greeting: '{name}，您好：',
    body: [
      '订单 {number} 提交时无法核验增值税号 {vat}，因此收取了 {tax} 增值税。登记机构现已答复：该税号有效（查询编号 {consultation}）。',
      '系统不会自动退款。如果该笔销售不应征税，请退还税款并更正发票；如有疑问，请咨询您的税务顾问。',
    ],
    button: '查看订单',
    after: ['每个订单只发送一次此邮件。'],
  },
  'payment-mismatched': {
    subject: '{store}：一笔付款与应付金额不符',
    greeting: '{name}，您好：',
    body: [
      '{provider} 报告 {store} 的一次结账收到 {held}，而应付 {asked}。',
      '该付款没有生成订单，款项会自动退还给顾客。',
    ],
    button: '查看收款账户',
    after: [
      '如果再次发生，请在支付服务商的账户中查看该付款：{reference}。可能有人在那里更改过，或试图少付。',
    ],
  },
};

const arabic: Record<MailName, MailText> = {
  'password-reset': {
    subject: 'تعيين كلمة مرور جديدة',
    greeting: 'مرحبًا {name}،',
    body: ['طلب أحدهم، وعلى الأرجح أنت، كلمة مرور جديدة لحسابك في Caravel.'],
    button: 'اختيار كلمة مرور جديدة',
    after: [
      'يعمل الرابط مرة واحدة ولمدة ساعة.',
      'إذا لم تكن أنت فلا داعي لفعل أي شيء: تبقى كلمة مرورك كما هي.',
    ],
  },
  invitation: {
    subject: 'يدعوك {inviter} إلى {organization}',
    greeting: 'مرحبًا،',
    body: ['يدعوك {inviter} إلى العمل مع {organization} على Caravel بصفة {role}.'],
    button: 'قبول الدعوة',
    after: ['الدعوة صالحة لسبعة أيام ولهذا البريد الإلكتروني فقط.'],
  },
  'webhook-failing': {
    subject: 'أُوقف أحد الـ webhook في {store} مؤقتًا',
    greeting: 'مرحبًا {name}،',
    body: [
      'لم يقبل المستلم في {address} أي webhook من {store} منذ ثلاثة أيام، لذلك لن يُرسل إليه شيء بعد الآن.',
      'ما فاته محفوظ لمدة 30 يومًا ويُرسل بالترتيب فور إعادة التفعيل.',
    ],
    button: 'عرض الـ webhook',
    after: ['يبيّن السجل ما أجاب به المستلم.'],
  },
  'webhook-gone': {
    subject: 'أُوقف أحد الـ webhook في {store} مؤقتًا',
    greeting: 'مرحبًا {name}،',
    body: [
      'أجاب المستلم في {address} على webhook من {store} بالرمز 410 Gone، لذلك لن يُرسل إليه شيء بعد الآن.',
      'إن كان ذلك خطأً فأعد التفعيل: ما فاته محفوظ لمدة 30 يومًا.',
    ],
    button: 'عرض الـ webhook',
    after: ['إن لم يعد المستلم موجودًا فاحذف الـ webhook.'],
  },
  'authorization-ageing': {
    subject: '{store}: حصّل مبلغ الطلب {number}',
    greeting: 'مرحبًا {name}،',
    body: [
      'يحتفظ {provider} بمبلغ {held} للطلب {number} حتى {due}. وقد يضيع بعد ذلك.',
      'حصّله قبل ذلك، أو ألغِ الطلب.',
    ],
    button: 'عرض الطلب',
    after: ['تصلك هذه الرسالة مرة واحدة لكل دفعة.'],
  },
  'vat-number-confirmed': {
    subject: '{store}: فُرضت ضريبة على الطلب {number} ورقم الضريبة صالح',
    greeting: 'مرحبًا {name}،',
    body: [
      'عند تقديم الطلب {number} تعذّر التحقق من رقم ضريبة القيمة المضافة {vat}، ففُرضت ضريبة قدرها {tax}. وقد أجاب السجل الآن: الرقم صالح (رقم الاستعلام {consultation}).',
      'لم يُردّ أي مبلغ تلقائيًا. إذا كان البيع معفى من الضريبة فردّها وصحّح الفاتورة، وعند الشك استشر مستشارك الضريبي.',
    ],
    button: 'عرض الطلب',
    after: ['تصلك هذه الرسالة مرة واحدة لكل طلب.'],
  },
  'payment-mismatched': {
    subject: '{store}: دفعة بمبلغ غير المطلوب',
    greeting: 'مرحبًا {name}،',
    body: [
      'أبلغ {provider} عن {held} لعملية شراء في {store} كان المطلوب فيها {asked}.',
      'لم يُنشأ منها طلب، وتعود الأموال إلى المشتري تلقائيًا.',
    ],
    button: 'عرض حسابات الدفع',
    after: [
      'إن تكرر ذلك فاطّلع على الدفعة في حساب مزوّد الدفع: {reference}. ربما غُيّرت هناك، أو حاول أحدهم دفع مبلغ أقل.',
    ],
  },
};

const byLanguage: Record<string, Record<MailName, MailText>> = {
  en: english,
  de: german,
  zh: chinese,
  ar: arabic,
};

/** The text in the reader's language, else in English. */
export function mailText(name: MailName, locale: string): MailText {
  const language = locale.split('-')[0] ?? 'en';
  return (byLanguage[language] ?? english)[name];
}
