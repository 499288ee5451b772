/** Markup that is ready to be printed: whatever came into it from outside was escaped. */
export class Html {
  constructor(readonly text: string) {}
}

/** What may stand in markup; text is escaped, nothing prints nothing. */
export type Child = Html | string | number | null | undefined | false | readonly Child[];

/** Markup out of a template; every value that is not markup itself is escaped for text and quoted attributes. */
export function html(strings: TemplateStringsArray, ...values: Child[]): Html {
  const parts = strings.map((text, at) => `${text}${at < values.length ? print(values[at]) : ''}`);
  return new Html(parts.join(''));
}

/** Text that is markup by our own making: styles and scripts that are constants. */
export function raw(text: string): Html {
  return new Html(text);
}

function print(value: Child): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'string') return escapeText(value);
  return typeof value === 'number' ? String(value) : value.map(print).join('');
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] as string);
}
