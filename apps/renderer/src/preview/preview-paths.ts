/** Everything of previews that is not a page of the store; no theme and no merchant can have such a path. */
export const previewPath = '/_caravel/preview';

/** Where a developer's machine asks for the data of a page. */
export const previewDataPath = `${previewPath}/data`;

/** What a machine may say of its theme for one page; the sections of a large theme's page take a third of it. */
export const mostPreviewBytes = 1024 * 1024;

/** The cookie that keeps a browser in a preview. */
export const previewCookie = 'caravel_preview';

/** Reads that cookie; null when there is none. */
export function previewTokenOf(cookieHeader: string | undefined): string | null {
  const match = /(?:^|;\s*)caravel_preview=([\w.~-]{20,400})(?:;|$)/.exec(cookieHeader ?? '');
  return match?.[1] ?? null;
}
