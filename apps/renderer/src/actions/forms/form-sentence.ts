import type { FormFault } from './read-form';

type Sentences = Record<FormFault['reason'], (fault: FormFault) => string>;

const english: Sentences = {
  missing: ({ field }) =>
    field === 'email' ? 'Please enter your e-mail address.' : 'Please write a message.',
  email: () => 'This is not an e-mail address. Please check it.',
  'too-long': ({ limit }) => `This text is too long: at most ${limit} characters.`,
  'too-many-fields': () => 'This form has more fields than can be taken.',
  'wrong-password': () => 'This is not the password.',
  'missing-field': () => 'Please fill in this field.',
  'wrong-login': () => 'The e-mail address and the password do not belong together.',
  'wrong-code': () => 'This code is wrong or too old.',
  'weak-password': () =>
    'Please choose a password of at least 8 characters that is not easy to guess.',
  unequal: () => 'The two passwords are not the same.',
  'old-link': () => 'This link is too old or was used already. Please ask for a new one.',
  'signed-out': () => 'Please sign in first.',
  gone: () => 'This is not there any more.',
  'too-often': () => 'That was too often. Please try again in a few minutes.',
};

const german: Sentences = {
  missing: ({ field }) =>
    field === 'email' ? 'Bitte die E-Mail-Adresse angeben.' : 'Bitte eine Nachricht schreiben.',
  email: () => 'Das ist keine E-Mail-Adresse. Bitte noch einmal prüfen.',
  'too-long': ({ limit }) => `Dieser Text ist zu lang: höchstens ${limit} Zeichen.`,
  'too-many-fields': () => 'Dieses Formular hat zu viele Felder.',
  'wrong-password': () => 'Das ist nicht das Passwort.',
  'missing-field': () => 'Bitte dieses Feld ausfüllen.',
  'wrong-login': () => 'E-Mail-Adresse und Passwort passen nicht zusammen.',
  'wrong-code': () => 'Dieser Code ist falsch oder zu alt.',
  'weak-password': () =>
    'Bitte ein Passwort mit mindestens 8 Zeichen wählen, das nicht leicht zu erraten ist.',
  unequal: () => 'Die beiden Passwörter sind nicht gleich.',
  'old-link': () => 'Dieser Link ist zu alt oder wurde schon benutzt. Bitte einen neuen anfordern.',
  'signed-out': () => 'Bitte zuerst anmelden.',
  gone: () => 'Das gibt es nicht mehr.',
  'too-often': () => 'Das war zu oft. Bitte in ein paar Minuten noch einmal versuchen.',
};

const arabic: Sentences = {
  missing: ({ field }) =>
    field === 'email' ? 'يرجى إدخال عنوان بريدك الإلكتروني.' : 'يرجى كتابة رسالة.',
  email: () => 'هذا ليس عنوان بريد إلكتروني. يرجى التحقق منه.',
  'too-long': ({ limit }) => `هذا النص طويل جدًا: ${limit} حرف على الأكثر.`,
  'too-many-fields': () => 'يحتوي هذا النموذج على حقول أكثر من المسموح.',
  'wrong-password': () => 'كلمة المرور غير صحيحة.',
  'missing-field': () => 'يرجى ملء هذا الحقل.',
  'wrong-login': () => 'عنوان البريد الإلكتروني وكلمة المرور غير متطابقين.',
  'wrong-code': () => 'هذا الرمز خاطئ أو قديم.',
  'weak-password': () => 'يرجى اختيار كلمة مرور من 8 أحرف على الأقل يصعب تخمينها.',
  unequal: () => 'كلمتا المرور غير متطابقتين.',
  'old-link': () => 'هذا الرابط قديم أو استُخدم من قبل. يرجى طلب رابط جديد.',
  'signed-out': () => 'يرجى تسجيل الدخول أولًا.',
  gone: () => 'لم يعد هذا موجودًا.',
  'too-often': () => 'محاولات كثيرة جدًا. يرجى المحاولة مرة أخرى بعد بضع دقائق.',
};

const chinese: Sentences = {
  missing: ({ field }) => (field === 'email' ? '请输入您的电子邮件地址。' : '请填写留言内容。'),
  email: () => '这不是有效的电子邮件地址，请检查。',
  'too-long': ({ limit }) => `内容过长：最多 ${limit} 个字符。`,
  'too-many-fields': () => '此表单的字段过多。',
  'wrong-password': () => '密码不正确。',
  'missing-field': () => '请填写此项。',
  'wrong-login': () => '电子邮件地址与密码不匹配。',
  'wrong-code': () => '验证码错误或已过期。',
  'weak-password': () => '请设置至少 8 个字符且不易猜到的密码。',
  unequal: () => '两次输入的密码不一致。',
  'old-link': () => '此链接已过期或已使用，请重新申请。',
  'signed-out': () => '请先登录。',
  gone: () => '该内容已不存在。',
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
