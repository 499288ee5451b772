import type { MailboxMail } from '@platform/mail';
import { escapeHtml } from '../mails/escape-html';

const style = `
:root{color-scheme:light dark;--paper:#fbfaf7;--card:#fff;--ink:#1d1c1a;--soft:#6b675f;--line:#e4e0d8;--mark:#0f5e63}
@media (prefers-color-scheme:dark){:root{--paper:#171614;--card:#211f1c;--ink:#ece8e0;--soft:#a49e93;--line:#36322c;--mark:#6fc7cb}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,'Noto Sans SC','Noto Sans Arabic',sans-serif}
main{max-width:60rem;margin:0 auto;padding:2rem 1.25rem 4rem}
header{display:flex;flex-wrap:wrap;gap:1rem;align-items:end;justify-content:space-between;margin-bottom:1.5rem}
h1{font-size:1.5rem;line-height:1.2;margin:0}
p{margin:.25rem 0;color:var(--soft)}
a{color:var(--mark)}
form{display:flex;gap:.5rem}
input,button{font:inherit;padding:.5rem .75rem;border:1px solid var(--line);border-radius:.5rem;background:var(--card);color:inherit}
input{width:16rem;max-width:60vw}
button{background:var(--mark);border-color:var(--mark);color:var(--card);cursor:pointer}
:focus-visible{outline:2px solid var(--mark);outline-offset:2px}
ol{list-style:none;margin:0;padding:0;background:var(--card);border:1px solid var(--line);border-radius:.75rem;overflow:hidden}
li+li{border-top:1px solid var(--line)}
li a{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:0 1rem;padding:.75rem 1rem;color:inherit;text-decoration:none}
li a:hover{background:color-mix(in srgb,var(--mark) 7%,transparent)}
li strong{overflow-wrap:anywhere}
li span{grid-column:1;color:var(--soft);font-size:.875rem;overflow-wrap:anywhere}
time{color:var(--soft);font-size:.875rem;font-variant-numeric:tabular-nums;grid-row:1;grid-column:2;white-space:nowrap}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.25rem 1rem;margin:1rem 0 1.5rem}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
h2{font-size:1rem;margin:2rem 0 .5rem}
iframe{width:100%;height:34rem;border:1px solid var(--line);border-radius:.75rem;background:Canvas}
pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:0;padding:1rem;background:var(--card);border:1px solid var(--line);border-radius:.75rem;font:.875rem/1.6 ui-monospace,monospace}`;

/**
 * The list of mails.
 * @param mails newest first
 * @param found what was looked for, and how many mails there are of it
 */
export function listPage(
  mails: readonly MailboxMail[],
  { q, total }: { q: string; total: number },
): string {
  const items = mails.map(
    ({ name, to, subject, sentAt }) => `<li><a href="/mailbox/${encodeURIComponent(name)}">
<strong dir="auto">${escapeHtml(subject)}</strong><time datetime="${escapeHtml(sentAt)}">${when(sentAt)}</time>
<span>${escapeHtml(to)}</span></a></li>`,
  );
  const none =
    q === ''
      ? 'No mail yet. What this platform would send stands here.'
      : 'No mail has these words in its address or subject.';
  const list = items.length > 0 ? `<ol>${items.join('\n')}</ol>` : `<p>${none}</p>`;
  const more = total > mails.length ? `<p>The newest ${mails.length} of ${total}.</p>` : '';
  return page(
    'Mailbox',
    `<header><div><h1>Mailbox</h1><p>Mails of this development platform. None of them was sent.</p></div>
<form role="search"><input type="search" name="q" value="${escapeHtml(q)}" aria-label="Address or subject" placeholder="Address or subject"><button>Search</button></form></header>
${list}${more}`,
  );
}

/** One mail: whom it goes to, what it looks like, what it says without markup. */
export function mailPage(mail: MailboxMail): string {
  const { name, subject, html, text } = mail;
  const head = { To: mail.to, From: mail.from, 'Reply-To': mail.replyTo, Date: mail.sentAt };
  const fields = Object.entries({ ...head, 'Message-ID': mail.messageId, ...mail.headers })
    .flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]))
    .map(([key, value]) => `<dt>${escapeHtml(key)}</dt><dd>${escapeHtml(value)}</dd>`);
  const source = `/mailbox/${encodeURIComponent(name)}/html`;
  const shown =
    html === undefined
      ? ''
      : `<h2>HTML</h2><iframe src="${source}" title="The mail as HTML" sandbox="allow-popups"></iframe>
<p><a href="${source}" target="_blank" rel="noopener">Open it alone</a></p>`;
  return page(
    subject,
    `<p><a href="/mailbox">Mailbox</a></p><h1 dir="auto">${escapeHtml(subject)}</h1>
<dl>${fields.join('\n')}</dl>${shown}<h2>Text</h2><pre dir="auto">${escapeHtml(text)}</pre>`,
  );
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><style>${style}</style></head>
<body><main>${body}</main></body></html>`;
}

/** `21 Nov, 22:27` of the time in UTC. */
function when(iso: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
  }).format(new Date(iso));
}
