/** What is declared, in the words of whoever declares it. */
export interface StatementParts {
  store: { name: string; email: string | null };
  name: string;
  /** The order as it was named. */
  reference: string;
  email: string;
  /** Goods by title and quantity, or in the consumer's own words; empty for everything. */
  goods: readonly string[];
  declaredAt: Date;
  /** IANA name. */
  timeZone: string;
}

interface Phrases {
  title: string;
  to: string;
  everything: string;
  some: string;
  order: string;
  name: string;
  email: string;
  declared: string;
}

const english: Phrases = {
  title: 'Statement of withdrawal',
  to: 'To: {store}',
  everything: 'I withdraw from my contract for everything in this order.',
  some: 'I withdraw from my contract for these goods of the order:',
  order: 'Order: {reference}',
  name: 'Name: {name}',
  email: 'E-mail: {email}',
  declared: 'Declared on {date}',
};

const byLanguage: Record<string, Phrases> = {
  en: english,
  de: {
    title: 'Widerrufserklärung',
    to: 'An: {store}',
    everything: 'Ich widerrufe meinen Vertrag über alles in dieser Bestellung.',
    some: 'Ich widerrufe meinen Vertrag über diese Waren der Bestellung:',
    order: 'Bestellung: {reference}',
    name: 'Name: {name}',
    email: 'E-Mail: {email}',
    declared: 'Erklärt am {date}',
  },
  ar: {
    title: 'إعلان العدول عن العقد',
    to: 'إلى: {store}',
    everything: 'أعدل عن عقدي بشأن كل ما في هذا الطلب.',
    some: 'أعدل عن عقدي بشأن هذه السلع من الطلب:',
    order: 'الطلب: {reference}',
    name: 'الاسم: {name}',
    email: 'البريد الإلكتروني: {email}',
    declared: 'تاريخ الإعلان: {date}',
  },
  zh: {
    title: '撤回合同声明',
    to: '致：{store}',
    everything: '本人撤回此订单中全部商品的合同。',
    some: '本人撤回此订单中以下商品的合同：',
    order: '订单：{reference}',
    name: '姓名：{name}',
    email: '电子邮箱：{email}',
    declared: '声明时间：{date}',
  },
};

/**
 * A statement of withdrawal as it is kept and confirmed by mail: one text, with content, date and time (Directive
 * 2011/83/EU, Article 11a).
 * @param locale English is written where there are no words in its language
 */
export function statementText(parts: StatementParts, locale: string): string {
  const language = locale.split('-')[0] ?? '';
  const words = byLanguage[language] ?? english;
  const { store, name, reference, email, goods, declaredAt, timeZone } = parts;
  const spoken = byLanguage[language] ? locale : 'en';
  const date = new Intl.DateTimeFormat(spoken, {
    dateStyle: 'long',
    timeStyle: 'long',
    timeZone,
  }).format(declaredAt);
  const put = language === 'ar' ? putApart : putIn;
  const what =
    goods.length === 0
      ? [words.everything]
      : [words.some, ...goods.map((one) => put('– {goods}', one))];
  const to = store.email === null ? store.name : `${store.name}, ${store.email}`;
  return [
    words.title,
    put(words.to, to),
    ...what,
    put(words.order, reference),
    put(words.name, name),
    put(words.email, email),
    put(words.declared, date) + put(' ({time})', declaredAt.toISOString()),
  ].join('\n');
}

/** The same where lines are written from right to left: a number such as `#1006` would turn round there. */
function putApart(phrase: string, value: string): string {
  return putIn(phrase, `\u2068${value}\u2069`);
}

function putIn(phrase: string, value: string): string {
  return phrase.replace(/\{\w+\}/, () => value.replace(/\s+/g, ' '));
}
