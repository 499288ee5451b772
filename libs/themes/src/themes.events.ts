import { z } from 'zod';
import { defineEvent, tag } from '@platform/outbox';

/** A section of the live version failed and shoppers see the page without it; told once a day for each problem. */
export const SectionFailed = defineEvent('themes.section-failed', {
  version: 1,
  payload: z.object({
    themeId: z.uuid(),
    versionId: z.uuid(),
    /** The file that lists the section, or the layout. */
    template: z.string(),
    section: z.string(),
    code: z.string(),
    file: z.string(),
    line: z.int(),
    leftOut: z.boolean(),
  }),
});

/** The present compiler refuses a version that an earlier one took; told once for each reason. */
export const VersionRefused = defineEvent('themes.version-refused', {
  version: 1,
  payload: z.object({
    themeId: z.uuid(),
    versionId: z.uuid(),
    compiler: z.string(),
    file: z.string(),
    line: z.int(),
  }),
});

/** Another version is live, by publishing or by rolling back: every page of the store looks different. */
export const ThemePublished = defineEvent('themes.theme-published', {
  version: 1,
  payload: z.object({
    themeId: z.uuid(),
    versionId: z.uuid(),
    previousVersionId: z.uuid().nullable(),
  }),
  makesStale: () => [tag('theme')],
});

/** A theme was deleted with its versions; it was not live, so no page looks different. */
export const ThemeDeleted = defineEvent('themes.theme-deleted', {
  version: 1,
  payload: z.object({ themeId: z.uuid() }),
});
