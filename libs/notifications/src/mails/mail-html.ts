import { escapeHtml } from './escape-html';
import type { MailBlock } from './mail-template';
import { type MailRow, isApart, isolateHtml, rowOf } from './marks';

/** What the HTML of a mail says around its blocks. */
export interface MailFrame {
  subject: string;
  locale: string;
  /** Where the button leads. */
  link: string;
  /** Who writes, above everything. */
  brand: string | null;
  /** Said before everything else, such as that an order is a test. */
  warning: string | null;
  /** Addresses that are links where they stand in the text. */
  links: readonly string[];
  /** Small lines below everything. */
  footer: readonly { text: string; href: string }[];
}

type Direction = 'ltr' | 'rtl';
type Piece = { kind: 'rows'; rows: MailRow[] } | { kind: 'text' | 'button'; text: string };

const family =
  "-apple-system,'Segoe UI',Roboto,'PingFang SC','Microsoft YaHei','Noto Sans SC','Noto Sans Arabic',sans-serif";
// Inherited, so that it is read on the dark paper of a mail program as on a light one.
const small = 'font-size:13px;opacity:.75';

/** The HTML form of a mail; nothing in its blocks is markup. */
export function mailHtml(blocks: readonly MailBlock[], frame: MailFrame): string {
  const { subject, locale, link, brand, warning, footer } = frame;
  const direction = directionOf(locale);
  const hasButton = blocks.some(({ kind }) => kind === 'button');
  const lines = footer.map(({ text, href }) => linkHtml(href, text)).join(' · ');
  return `<!doctype html>
<html lang="${escapeHtml(locale)}" dir="${direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(subject)}</title></head>
<body style="margin:0;padding:24px;font:16px/1.5 ${family}">
<div dir="${direction}" style="max-width:520px;margin:0 auto;overflow-wrap:anywhere;word-break:break-word">
${warning === null ? '' : `<p style="background:#ffd84d;color:#221d00;padding:8px 12px;border-radius:6px;font-weight:600">${escapeHtml(warning)}</p>`}
${brand === null ? '' : `<p style="font-size:18px;font-weight:600;margin:0 0 24px"><bdi>${escapeHtml(brand)}</bdi></p>`}
${piecesOf(blocks)
  .map((piece) => pieceHtml(piece, frame, direction))
  .join('\n')}
${hasButton ? `<p style="${small};word-break:break-all"><span dir="ltr">${escapeHtml(link)}</span></p>` : ''}
${lines === '' ? '' : `<p style="${small};border-top:1px solid #b5b5b5;padding-top:12px;margin-top:28px">${lines}</p>`}
</div></body></html>`;
}

/** Rows that follow each other are one table, so that their amounts stand below each other. */
function piecesOf(blocks: readonly MailBlock[]): Piece[] {
  const pieces: Piece[] = [];
  for (const { kind, text } of blocks) {
    if (kind === 'button') {
      pieces.push({ kind, text });
      continue;
    }
    let words: string[] = [];
    const end = (): void => {
      if (words.length > 0) pieces.push({ kind: 'text', text: words.join('\n') });
      words = [];
    };
    for (const line of text.split('\n')) {
      const row = rowOf(line);
      if (row === null) {
        words.push(line);
        continue;
      }
      end();
      const last = pieces.at(-1);
      if (last?.kind === 'rows') last.rows.push(row);
      else pieces.push({ kind: 'rows', rows: [row] });
    }
    end();
  }
  return pieces;
}

function pieceHtml(piece: Piece, frame: MailFrame, direction: Direction): string {
  if (piece.kind === 'rows') return tableHtml(piece.rows, direction);
  const own = words(piece.text, direction);
  if (piece.kind === 'text')
    return `<p${isApart(piece.text) ? '' : ' style="unicode-bidi:plaintext"'}>${linked(own, frame.links).replaceAll('\n', '<br>')}</p>`;
  return `<p style="margin:28px 0"><a href="${escapeHtml(frame.link)}" style="background:#0f5e63;color:#fff;padding:12px 20px;border-radius:6px;text-decoration:none;display:inline-block">${own}</a></p>`;
}

function tableHtml(list: readonly MailRow[], direction: Direction): string {
  const rows = list
    .map((row, at) => rowHtml(row, isGoods(list[at - 1]) && !isGoods(row), direction))
    .join('\n');
  return `<table role="presentation" width="100%" cellspacing="0" cellpadding="0" style="border-collapse:collapse;margin:16px 0;font-size:16px">
${rows}
</table>`;
}

/** Whether a row is one of the goods, not of the sums below them. */
function isGoods(row: MailRow | undefined): boolean {
  return row !== undefined && /^\d+ × /.test(row.label);
}

function rowHtml(
  { label, amount, total }: MailRow,
  firstOfSums: boolean,
  direction: Direction,
): string {
  const [start, end] = direction === 'rtl' ? ['right', 'left'] : ['left', 'right'];
  const look = `padding:6px 0;vertical-align:top;${total ? 'font-weight:600;' : ''}${total || firstOfSums ? 'border-top:1px solid #b5b5b5' : ''}`;
  const first = `align="${start}" style="${look}"`;
  if (amount === '') return `<tr><td colspan="2" ${first}>${words(label, direction)}</td></tr>`;
  return `<tr><td ${first}>${words(label, direction)}</td>
<td align="${end}" style="${look};padding-inline-start:16px;white-space:nowrap"><bdi>${escapeHtml(amount)}</bdi></td></tr>`;
}

function words(text: string, direction: Direction): string {
  return isolateHtml(escapeHtml(text), direction);
}

/** Only addresses that we know are ours, or the merchant's carrier's, become links: never what somebody typed. */
function linked(html: string, links: readonly string[]): string {
  return links
    .filter((link) => /^https?:\/\//.test(link))
    .reduce((text, link) => text.replace(escapeHtml(link), () => linkHtml(link, link)), html);
}

function linkHtml(href: string, text: string): string {
  return `<a href="${escapeHtml(href)}" style="color:inherit"><bdi>${escapeHtml(text)}</bdi></a>`;
}

/** Where a language's lines begin. */
export function directionOf(locale: string): Direction {
  return ['ar', 'fa', 'he', 'ur'].includes(locale.split('-')[0] ?? '') ? 'rtl' : 'ltr';
}
