import type { HtmlWarning } from '@libs/kernel';

/** The most characters of what stands in a page or an article. */
export const bodyLimit = { bodyHtml: 500_000 } as const;
/** The same of an article, whose excerpt is a few paragraphs. */
export const articleLimits = { ...bodyLimit, excerptHtml: 20_000 } as const;

/** A row as a write left it, with what was taken out of its HTML. */
export type Written<Row> = Row & { warnings: HtmlWarning[] };
