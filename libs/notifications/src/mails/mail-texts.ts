/** The words of one mail in one language; `{name}` is filled in. */
export interface MailText {
  subject: string;
  greeting: string;
  /** Paragraphs before the button. */
  body: string[];
  button: string;
  /** Paragraphs after it. */
  after: string[];
}

/** The mails of the platform itself. */
export type MailName = 'password-reset' | 'invitation';

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
};

const byLanguage: Record<string, Record<MailName, MailText>> = {
  en: english,
  de: german,
  zh: chinese,
};

/** The text in the reader's language, else in English. */
export function mailText(name: MailName, locale: string): MailText {
  const language = locale.split('-')[0] ?? 'en';
  return (byLanguage[language] ?? english)[name];
}
