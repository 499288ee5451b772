import { z } from 'zod';

/** One finding; offsets of `fix` count UTF-16 units from the start of the file, `pointer` leads into its JSON. */
export const themeFinding = z
  .object({
    file: z.string(),
    line: z.int(),
    column: z.int(),
    endLine: z.int(),
    endColumn: z.int(),
    code: z.string(),
    severity: z.enum(['error', 'warning', 'info']),
    message: z.string(),
    suggestion: z.string().optional(),
    pointer: z.string().optional(),
    frame: z.string().optional(),
    fix: z.array(z.object({ start: z.int(), end: z.int(), text: z.string() })).optional(),
    docs: z.string().optional(),
  })
  .meta({ id: 'ThemeFinding' });

export const uploadQuery = z
  .object({ themeId: z.uuid().optional(), baseVersionId: z.uuid().optional() })
  .refine(({ themeId, baseVersionId }) => themeId !== undefined || baseVersionId === undefined, {
    path: ['baseVersionId'],
    message: 'names the version of a theme, so themeId must be given too',
  });

export const uploadedTheme = z
  .object({
    id: z.uuid(),
    versionId: z.uuid(),
    n: z.int(),
    name: z.string(),
    findings: z.array(themeFinding),
    unchanged: z.boolean(),
  })
  .meta({ id: 'UploadedTheme' });

export const theme = z
  .object({
    id: z.uuid(),
    name: z.string(),
    live: z.boolean(),
    liveVersionId: z.uuid().nullable(),
    latestVersionId: z.uuid().nullable(),
    latestN: z.int(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    version: z.int(),
  })
  .meta({ id: 'Theme' });

/** `version` is the one that was looked at. */
export const themePatch = z
  .object({ name: z.string().trim().min(1).max(200), version: z.int().optional() })
  .meta({ id: 'ThemePatch' });

export const themeList = z
  .object({ items: z.array(theme), nextCursor: z.null() })
  .meta({ id: 'ThemeList' });

const versionFields = {
  versionId: z.uuid(),
  n: z.int(),
  themeVersion: z.string(),
  compiler: z.string(),
  locales: z.array(z.string()),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
};

/** `files` and `findings` are counts. */
export const themeVersion = z
  .object({
    ...versionFields,
    live: z.boolean(),
    files: z.int(),
    bytes: z.int(),
    findings: z.int(),
  })
  .meta({ id: 'ThemeVersion' });

export const themeVersionList = z
  .object({ items: z.array(themeVersion), nextCursor: z.string().nullable() })
  .meta({ id: 'ThemeVersionList' });

export const themeVersionDetail = z
  .object({
    ...versionFields,
    files: z.array(
      z.object({ path: z.string(), hash: z.string(), size: z.int(), mime: z.string() }),
    ),
    findings: z.array(themeFinding),
  })
  .meta({ id: 'ThemeVersionDetail' });

/** A publisher may send no body at all. */
export const publishInput = z
  .object({
    versionId: z.uuid().optional(),
    expectedVersionId: z.uuid().nullable().optional(),
  })
  .nullish()
  .meta({ id: 'PublishInput' });

export const liveTheme = z
  .object({
    id: z.uuid(),
    versionId: z.uuid(),
    n: z.int(),
    publicationId: z.uuid(),
    publishedAt: z.iso.datetime(),
    publishedBy: z.string(),
    previousVersionId: z.uuid().nullable(),
  })
  .meta({ id: 'LiveTheme' });

export const publication = z
  .object({
    publicationId: z.uuid(),
    kind: z.enum(['publish', 'rollback']),
    id: z.uuid(),
    versionId: z.uuid(),
    n: z.int().nullable(),
    publishedAt: z.iso.datetime(),
    publishedBy: z.string(),
  })
  .meta({ id: 'ThemePublication' });

export const publicationList = z
  .object({ items: z.array(publication), nextCursor: z.string().nullable() })
  .meta({ id: 'ThemePublicationList' });

/** `template` lists the section; `leftOutAt` is when pages began to be made without it. */
export const themeProblem = z
  .object({
    versionId: z.uuid(),
    n: z.int().nullable(),
    template: z.string(),
    section: z.string(),
    code: z.string(),
    file: z.string(),
    line: z.int(),
    column: z.int(),
    message: z.string(),
    count: z.int(),
    firstSeenAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime(),
    leftOutAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ThemeProblem' });

export const themeProblemList = z
  .object({ items: z.array(themeProblem), nextCursor: z.null() })
  .meta({ id: 'ThemeProblemList' });

/** How long a preview is open, in seconds: a minute to thirty days, a week when nothing is said. */
const day = 86_400;

export const themePreviewInput = z
  .object({
    /** Left out: the preview gives the store's data to a theme on a developer's machine. */
    themeVersionId: z.uuid().optional(),
    expiresIn: z
      .int()
      .min(60)
      .max(30 * day)
      .default(7 * day),
  })
  .meta({ id: 'ThemePreviewInput' });

export const themePreview = z
  .object({
    previewId: z.uuid(),
    themeId: z.uuid().nullable(),
    themeVersionId: z.uuid().nullable(),
    themeName: z.string().nullable(),
    n: z.int().nullable(),
    createdAt: z.iso.datetime(),
    createdBy: z.string(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'ThemePreview' });

/** `token` and `url` are told once: who has them sees the preview. */
export const newThemePreview = themePreview
  .extend({ token: z.string(), origin: z.string(), url: z.string().nullable() })
  .meta({ id: 'NewThemePreview' });

export const themePreviewList = z
  .object({ items: z.array(themePreview), nextCursor: z.null() })
  .meta({ id: 'ThemePreviewList' });
