import { escapeHtml } from './escape-html';
import { type MailName, type MailText, mailText } from './mail-texts';

/** What a mail says and where its button leads. */
export interface MailInput {
  name: MailName;
  locale: string;
  link: string;
  values: Record<string, string>;
}

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
  { locale, link, values }: Omit<MailInput, 'name'>,
): ComposedMail {
  const plain = (text: string): string => fill(text, values);
  const safe = (text: string): string => escapeHtml(plain(text));
  const text = [
    plain(words.greeting),
    ...words.body.map(plain),
    `${words.button}: ${link}`,
    ...words.after.map(plain),
  ].join('\n\n');
  const html = `<!doctype html>
<html lang="${escapeHtml(locale)}" dir="${directionOf(locale)}"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">
<title>${safe(words.subject)}</title></head>
<body style="margin:0;padding:24px;font:16px/1.5 -apple-system,'Segoe UI',Roboto,'Noto Sans SC',sans-serif">
<div style="max-width:520px;margin:0 auto">
<p>${safe(words.greeting)}</p>
${words.body.map((line) => `<p>${safe(line)}</p>`).join('\n')}
<p style="margin:28px 0"><a href="${escapeHtml(link)}" style="background:#0f5e63;color:#fff;padding:12px 20px;border-radius:6px;text-decoration:none;display:inline-block">${safe(words.button)}</a></p>
${words.after.map((line) => `<p>${safe(line)}</p>`).join('\n')}
<p style="font-size:13px;color:#6b6b6b;word-break:break-all">${escapeHtml(link)}</p>
</div></body></html>`;
  return { subject: plain(words.subject).replace(/[\r\n]+/g, ' '), text, html };
}

function directionOf(locale: string): 'ltr' | 'rtl' {
  return ['ar', 'fa', 'he', 'ur'].includes(locale.split('-')[0] ?? '') ? 'rtl' : 'ltr';
}

function fill(text: string, values: Record<string, string>): string {
  return text.replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
}
