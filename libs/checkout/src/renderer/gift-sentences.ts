import type { GiftFault, GiftField } from '../carts/gift-wish';

type Day = (day: string) => string;
interface Sentences {
  missing: string;
  email: string;
  noDay: string;
  tooLong: Record<'name' | 'message', (most: number) => string>;
  day: (first: string, last: string) => string;
}

const english: Sentences = {
  missing: 'Please enter the e-mail address of whom the gift card is for.',
  email: 'The recipient’s e-mail address is not complete.',
  noDay: 'The day to send it on is not a date.',
  tooLong: {
    name: (most) => `The recipient’s name has at most ${most} characters.`,
    message: (most) => `The message has at most ${most} characters.`,
  },
  day: (first, last) => `The day to send it on is from ${first} to ${last}.`,
};

const german: Sentences = {
  missing: 'Bitte geben Sie die E-Mail-Adresse ein, an die der Gutschein gehen soll.',
  email: 'Die E-Mail-Adresse der beschenkten Person ist nicht vollständig.',
  noDay: 'Der Tag des Versands ist kein Datum.',
  tooLong: {
    name: (most) => `Der Name der beschenkten Person hat höchstens ${most} Zeichen.`,
    message: (most) => `Die Nachricht hat höchstens ${most} Zeichen.`,
  },
  day: (first, last) => `Der Tag des Versands liegt zwischen dem ${first} und dem ${last}.`,
};

const chinese: Sentences = {
  missing: '请输入收礼人的电子邮箱。',
  email: '收礼人的电子邮箱不完整。',
  noDay: '发送日期无效。',
  tooLong: {
    name: (most) => `收礼人姓名最多 ${most} 个字符。`,
    message: (most) => `留言最多 ${most} 个字符。`,
  },
  day: (first, last) => `发送日期须在 ${first} 至 ${last} 之间。`,
};

const arabic: Sentences = {
  missing: 'يُرجى إدخال البريد الإلكتروني لمن تُهدى إليه البطاقة.',
  email: 'البريد الإلكتروني للمُهدى إليه غير مكتمل.',
  noDay: 'يوم الإرسال ليس تاريخًا.',
  tooLong: {
    name: (most) => `لا يزيد اسم المُهدى إليه على ${most} حرفًا.`,
    message: (most) => `لا تزيد الرسالة على ${most} حرف.`,
  },
  day: (first, last) => `يوم الإرسال من ${first} إلى ${last}.`,
};

const byLanguage: Record<string, Sentences> = {
  en: english,
  de: german,
  zh: chinese,
  ar: arabic,
};

/** What a shopper is told of each field of a gift form that cannot be taken. @param locale the shopper's */
export function giftSentences(
  faults: readonly GiftFault[],
  locale: string,
): Partial<Record<GiftField, string>> {
  const known = byLanguage[locale.split('-')[0] ?? 'en'];
  const words = known ?? english;
  const day: Day = (text) =>
    new Intl.DateTimeFormat(known ? locale : 'en', { dateStyle: 'medium', timeZone: 'UTC' }).format(
      new Date(`${text}T00:00:00Z`),
    );
  const tell = (fault: GiftFault): string => {
    if (fault.reason === 'missing') return words.missing;
    if (fault.reason === 'day') return words.day(day(fault.first), day(fault.last));
    if (fault.reason === 'too-long' && fault.field !== 'email' && fault.field !== 'send_on')
      return words.tooLong[fault.field](fault.most);
    return fault.field === 'email' ? words.email : words.noDay;
  };
  return Object.fromEntries(faults.map((fault) => [fault.field, tell(fault)]));
}
