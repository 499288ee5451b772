import type { MailText } from './mail-texts';

/** The mails that let a store's customers in. */
export type CustomerMailName = 'sign_in' | 'reset' | 'activate';

const english: Record<CustomerMailName, MailText> = {
  sign_in: {
    subject: '{code} is your code for {store}',
    greeting: 'Hello,',
    body: ['Your code to sign in is {code}.'],
    button: 'Back to {store}',
    after: [
      'The code works once and for ten minutes.',
      'If you did not ask for it, you can ignore this e-mail.',
    ],
  },
  reset: {
    subject: 'Set a new password for {store}',
    greeting: 'Hello,',
    body: ['Somebody, probably you, asked for a new password for your account with {store}.'],
    button: 'Choose a new password',
    after: [
      'The link works once and for one hour.',
      'If it was not you, you can ignore this e-mail: your password stays as it is.',
    ],
  },
  activate: {
    subject: 'Your account with {store}',
    greeting: 'Hello,',
    body: ['Choose a password, and you can see your orders and buy faster with {store}.'],
    button: 'Open the account',
    after: ['The link works once and for 30 days.'],
  },
};

const german: Record<CustomerMailName, MailText> = {
  sign_in: {
    subject: '{code} ist Ihr Code für {store}',
    greeting: 'Hallo,',
    body: ['Ihr Code zum Anmelden ist {code}.'],
    button: 'Zurück zu {store}',
    after: [
      'Der Code gilt einmal und zehn Minuten lang.',
      'Wenn Sie ihn nicht angefordert haben, ist nichts zu tun.',
    ],
  },
  reset: {
    subject: 'Neues Passwort für {store}',
    greeting: 'Hallo,',
    body: ['jemand, vermutlich Sie, hat ein neues Passwort für Ihr Konto bei {store} angefordert.'],
    button: 'Neues Passwort wählen',
    after: [
      'Der Link gilt einmal und eine Stunde lang.',
      'Wenn Sie es nicht waren, ist nichts zu tun: Ihr Passwort bleibt, wie es ist.',
    ],
  },
  activate: {
    subject: 'Ihr Konto bei {store}',
    greeting: 'Hallo,',
    body: ['wählen Sie ein Passwort, und Sie sehen Ihre Bestellungen und kaufen schneller ein.'],
    button: 'Konto öffnen',
    after: ['Der Link gilt einmal und 30 Tage lang.'],
  },
};

const chinese: Record<CustomerMailName, MailText> = {
  sign_in: {
    subject: '{code} 是您在 {store} 的验证码',
    greeting: '您好：',
    body: ['您的登录验证码是 {code}。'],
    button: '返回 {store}',
    after: ['验证码仅可使用一次，十分钟内有效。', '如果不是您本人申请，无需处理。'],
  },
  reset: {
    subject: '为 {store} 设置新密码',
    greeting: '您好：',
    body: ['有人（应该是您本人）为您在 {store} 的账户申请了新密码。'],
    button: '设置新密码',
    after: ['链接仅可使用一次，一小时内有效。', '如果不是您本人操作，无需处理，您的密码不会改变。'],
  },
  activate: {
    subject: '您在 {store} 的账户',
    greeting: '您好：',
    body: ['设置密码后，您可以查看订单，并更快地在 {store} 购物。'],
    button: '开通账户',
    after: ['链接仅可使用一次，30 天内有效。'],
  },
};

const arabic: Record<CustomerMailName, MailText> = {
  sign_in: {
    subject: '{code} هو رمزك لدى {store}',
    greeting: 'مرحبًا،',
    body: ['رمز تسجيل الدخول الخاص بك هو {code}.'],
    button: 'العودة إلى {store}',
    after: ['يعمل الرمز مرة واحدة ولمدة عشر دقائق.', 'إذا لم تطلبه أنت فلا داعي لفعل أي شيء.'],
  },
  reset: {
    subject: 'كلمة مرور جديدة لدى {store}',
    greeting: 'مرحبًا،',
    body: ['طلب أحدهم، وعلى الأرجح أنت، كلمة مرور جديدة لحسابك لدى {store}.'],
    button: 'اختيار كلمة مرور جديدة',
    after: [
      'يعمل الرابط مرة واحدة ولمدة ساعة.',
      'إذا لم تكن أنت فلا داعي لفعل أي شيء: تبقى كلمة مرورك كما هي.',
    ],
  },
  activate: {
    subject: 'حسابك لدى {store}',
    greeting: 'مرحبًا،',
    body: ['اختر كلمة مرور لترى طلباتك وتشتري أسرع من {store}.'],
    button: 'فتح الحساب',
    after: ['يعمل الرابط مرة واحدة ولمدة 30 يومًا.'],
  },
};

const byLanguage: Record<string, Record<CustomerMailName, MailText>> = {
  en: english,
  de: german,
  zh: chinese,
  ar: arabic,
};

/** Every mail that lets a customer in. */
export const customerMailNames = Object.keys(english) as CustomerMailName[];

/** The text in the shopper's language, else in English. */
export function customerMailText(name: CustomerMailName, locale: string): MailText {
  const language = locale.split('-')[0] ?? 'en';
  return (byLanguage[language] ?? english)[name];
}
