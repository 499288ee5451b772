/**
 * Marks in the text of a mail, for its HTML: which lines are rows with an amount, and which words somebody else wrote.
 * They are of Unicode's private use, stand in no text that leaves, and what others write is freed of them.
 */
const rowMark = '\uE002';
const amountMark = '\uE003';
const totalMark = '\uE004';
const opens = '\uE005';
const closes = '\uE006';
const all = /[\uE002-\uE006]/g;
const colon = /\s*[:：]\s*$/;
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** A line of a mail with what it comes to. */
export interface MailRow {
  label: string;
  amount: string;
  /** Whether it is what the others lead to. */
  total: boolean;
}

/** A text as it is read without HTML. */
export function unmarked(text: string): string {
  return text.replace(all, '');
}

/**
 * A line that is read without HTML, its values kept together by Unicode's isolates where the language is written from
 * right to left: `#T1006` would turn round there.
 */
export function plainLine(text: string, direction: 'ltr' | 'rtl'): string {
  const apart = text.replaceAll(opens, '\u2068').replaceAll(closes, '\u2069');
  return unmarked(direction === 'rtl' ? apart : text);
}

/** Words of somebody else, whose direction of writing must not turn what stands around them. */
export function isolated(text: string): string {
  const own = unmarked(text);
  return own === '' ? '' : opens + own + closes;
}

/** Whether all of a text is somebody else's: then it stands on the mail's side of the page, whatever its direction. */
export function isApart(text: string): boolean {
  return text.startsWith(opens) && text.indexOf(closes) === text.length - 1;
}

/** The values of a mail, each apart from the words around it; lists and amounts have marks of their own. */
export function isolatedValues(values: Record<string, string>): Record<string, string> {
  const apart = (text: string): string =>
    text.includes('\n') || unmarked(text) !== text ? text : isolated(text);
  return Object.fromEntries(Object.entries(values).map(([name, text]) => [name, apart(text)]));
}

/** A line that ends on an amount: `Subtotal: €1.00`. @param text without the amount */
export function amountLine(text: string, amount: string): string {
  return `${rowMark}${text}${amountMark}${amount}`;
}

/** The sum that amounts lead to, for a sentence or for a line of its own. */
export function totalMarked(amount: string): string {
  return totalMark + amount + totalMark;
}

/** Goods in a mail: how many of what, and their price where it is told. */
export function itemLine(
  {
    quantity,
    title,
    variantTitle,
  }: { quantity: number; title: string; variantTitle?: string | null },
  amount: string | null = null,
): string {
  const what = isolated([title, ...(variantTitle ? [variantTitle] : [])].join(', '));
  if (amount === null) return `${rowMark}${quantity} × ${what}`;
  return amountLine(`${quantity} × ${what}: `, amount);
}

/** A line as a row; null when it is a sentence. */
export function rowOf(line: string): MailRow | null {
  if (line.startsWith(rowMark)) {
    const [label = '', amount = ''] = line.slice(1).split(amountMark);
    return { label: withoutColon(label), amount, total: false };
  }
  const [label = '', amount, rest] = line.split(totalMark);
  if (amount === undefined || rest !== '' || !colon.test(label)) return null;
  return { label: withoutColon(label), amount, total: true };
}

/**
 * Gives what is apart its element, where the mail's direction could turn it.
 * @param html escaped
 */
export function isolateHtml(html: string, direction: 'ltr' | 'rtl'): string {
  const apart = html.replace(/\uE005([^\uE006]*)\uE006/g, (_, own: string) => {
    const turned = rightToLeft.test(own);
    if (direction === 'ltr') return turned ? `<bdi>${own}</bdi>` : own;
    return turned ? `<bdi>${own}</bdi>` : `<bdi dir="ltr">${own}</bdi>`;
  });
  return unmarked(apart);
}

function withoutColon(label: string): string {
  return label.replace(colon, '');
}
