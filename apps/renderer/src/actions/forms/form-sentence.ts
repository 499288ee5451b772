import type { FormFault } from './read-form';

type Sentences = Record<FormFault['reason'], (fault: FormFault) => string>;

const english: Sentences = {
  missing: ({ field }) =>
    field === 'email' ? 'Please enter your e-mail address.' : 'Please write a message.',
  email: () => 'This is not an e-mail address. Please check it.',
  'too-long': ({ limit }) => `This text is too long: at most ${limit} characters.`,
  'too-many-fields': () => 'This form has more fields than can be taken.',
  'wrong-password': () => 'This is not the password.',
  'too-often': () => 'That was too often. Please try again in a few minutes.',
};

const german: Sentences = {
  missing: ({ field }) =>
    field === 'email' ? 'Bitte die E-Mail-Adresse angeben.' : 'Bitte eine Nachricht schreiben.',
  email: () => 'Das ist keine E-Mail-Adresse. Bitte noch einmal prüfen.',
  'too-long': ({ limit }) => `Dieser Text ist zu lang: höchstens ${limit} Zeichen.`,
  'too-many-fields': () => 'Dieses Formular hat zu viele Felder.',
  'wrong-password': () => 'Das ist nicht das Passwort.',
  'too-often': () => 'Das war zu oft. Bitte in ein paar Minuten noch einmal versuchen.',
};

const arabic: Sentences = {
  missing: ({ field }) =>
    field === 'email' ? 'يرجى إدخال عنوان بريدك الإلكتروني.' : 'يرجى كتابة رسالة.',
  email: () => 'هذا ليس عنوان بريد إلكتروني. يرجى التحقق منه.',
  'too-long': ({ limit }) => `هذا النص طويل جدًا: ${limit} حرف على الأكثر.`,
  'too-many-fields': () => 'يحتوي هذا النموذج على حقول أكثر من المسموح.',
  'wrong-password': () => 'كلمة المرور غير صحيحة.',
  'too-often': () => 'محاولات كثيرة جدًا. يرجى المحاولة مرة أخرى بعد بضع دقائق.',
};

const chinese: Sentences = {
  missing: ({ field }) => (field === 'email' ? '请输入您的电子邮件地址。' : '请填写留言内容。'),
  email: () => '这不是有效的电子邮件地址，请检查。',
  'too-long': ({ limit }) => `内容过长：最多 ${limit} 个字符。`,
  'too-many-fields': () => '此表单的字段过多。',
  'wrong-password': () => '密码不正确。',
  'too-often': () => '尝试次数过多，请几分钟后再试。',
};

const languages: Record<string, Sentences> = {
  en: english,
  de: german,
  ar: arabic,
  zh: chinese,
};

/**
 * What a shopper is told about a form that was not taken.
 * @param locale of the page; English where we have no words in it
 */
export function formSentence(fault: FormFault, locale: string): string {
  const [language = ''] = locale.toLowerCase().split('-');
  return (languages[language] ?? english)[fault.reason](fault);
}
