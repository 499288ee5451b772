import { escapeHtml } from './escape-html';
import type { MailBlock } from './mail-template';
import { type MailName, type MailText, mailText } from './mail-texts';

/** What a mail says and where its button leads. */
export interface MailInput {
  name: MailName;
  locale: string;
  link: string;
  values: Record<string, string>;
  /** A line below everything, such as the way to unsubscribe. */
  footer?: { text: string; href: string };
}

/** The language of a mail, and where its button leads. */
export type MailLink = Pick<MailInput, 'locale' | 'link' | 'footer'>;

/** A mail in both forms. */
export interface ComposedMail {
  subject: string;
  text: string;
  html: string;
}

/** A mail of the platform's own. */
export function composeMail({ name, ...rest }: MailInput): ComposedMail {
  return layMail(mailText(name, rest.locale), rest);
}

/** Puts a mail together; values are escaped in the HTML form and lose their line breaks in the subject. */
export function layMail(
  words: MailText,
  { values, ...place }: Omit<MailInput, 'name'>,
): ComposedMail {
  const paragraph = (text: string): MailBlock => ({ kind: 'paragraph', text: fill(text, values) });
  const blocks: MailBlock[] = [
    paragraph(words.greeting),
    ...words.body.map(paragraph),
    { kind: 'button', text: fill(words.button, values) },
    ...words.after.map(paragraph),
  ];
  return layBlocks(fill(words.subject, values), blocks, place);
}

/** A mail of blocks from top to bottom; nothing in them is markup. */
export function layBlocks(
  subject: string,
  blocks: readonly MailBlock[],
  { locale, link, footer }: MailLink,
): ComposedMail {
  const text = blocks.map(({ kind, text: words }) =>
    kind === 'button' ? `${words}: ${link}` : words,
  );
  const hasButton = blocks.some(({ kind }) => kind === 'button');
  const html = `<!doctype html>
<html lang="${escapeHtml(locale)}" dir="${directionOf(locale)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<title>${escapeHtml(subject)}</title></head>
<body style="margin:0;padding:24px;font:16px/1.5 -apple-system,'Segoe UI',Roboto,'PingFang SC','Microsoft YaHei','Noto Sans SC','Noto Sans Arabic',sans-serif">
<div style="max-width:520px;margin:0 auto">
${blocks.map((block) => blockHtml(block, link)).join('\n')}
${hasButton ? `<p style="font-size:13px;color:#757575;word-break:break-all">${escapeHtml(link)}</p>` : ''}
${footer ? `<p style="font-size:13px"><a href="${escapeHtml(footer.href)}" style="color:#757575">${escapeHtml(footer.text)}</a></p>` : ''}
</div></body></html>`;
  if (footer) text.push(`${footer.text}: ${footer.href}`);
  return { subject: subject.replace(/[\r\n]+/g, ' '), text: text.join('\n\n'), html };
}

function blockHtml({ kind, text }: MailBlock, link: string): string {
  if (kind === 'paragraph')
    return `<p style="unicode-bidi:plaintext">${escapeHtml(text).replaceAll('\n', '<br>')}</p>`;
  return `<p style="margin:28px 0"><a href="${escapeHtml(link)}" style="background:#0f5e63;color:#fff;padding:12px 20px;border-radius:6px;text-decoration:none;display:inline-block">${escapeHtml(text)}</a></p>`;
}

function directionOf(locale: string): 'ltr' | 'rtl' {
  return ['ar', 'fa', 'he', 'ur'].includes(locale.split('-')[0] ?? '') ? 'rtl' : 'ltr';
}

function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
}
