import { Inject, Injectable } from '@nestjs/common';
import { type Clock, newId } from '@libs/kernel';
import { CLOCK } from '@libs/platform';
import type { StoreReader, StoreWriter } from '@platform/database';
import { ThemeBuilds } from '../builds/theme-builds.service';
import { ThemeVersionEntity } from '../theme-version.entity';
import { themesErrors } from '../themes.errors';
import { PreviewTokens } from './preview-tokens.service';

/** A preview as its makers see it. */
export interface PreviewView {
  previewId: string;
  /** Null, as the version's id and number, for the data of a theme that lies on a developer's machine. */
  themeId: string | null;
  themeVersionId: string | null;
  /** Null once the theme is gone. */
  themeName: string | null;
  n: number | null;
  createdAt: Date;
  createdBy: string;
  expiresAt: Date;
}

/** What is to be previewed, and for how many seconds. */
export interface PreviewInput {
  themeVersionId?: string;
  expiresIn: number;
}

/** Open previews of a store; a link for each is enough for any team. */
const mostPreviews = 100;

const columns = `
  SELECT p.preview_id AS "previewId", p.theme_id AS "themeId", p.version_id AS "themeVersionId",
    t.name AS "themeName", v.n, p.created_at AS "createdAt", p.created_by AS "createdBy",
    p.expires_at AS "expiresAt"
  FROM theme_previews p
  LEFT JOIN themes t ON t.store_id = p.store_id AND t.theme_id = p.theme_id
  LEFT JOIN theme_versions v ON v.store_id = p.store_id AND v.version_id = p.version_id
  WHERE p.store_id = $1 AND p.expires_at > $2`;

/** Links to versions that are not live, for people without an account: they end by themselves or when one ends them. */
@Injectable()
export class ThemePreviews {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(PreviewTokens) private readonly tokens: PreviewTokens,
    @Inject(ThemeBuilds) private readonly builds: ThemeBuilds,
  ) {}

  /** The open previews, newest first. */
  list(store: StoreReader): Promise<PreviewView[]> {
    return store.query<PreviewView>(`${columns} ORDER BY p.preview_id DESC`, [
      store.storeId,
      this.clock.now(),
    ]);
  }

  /**
   * Opens a preview, of a version or of the store's data alone.
   * @returns it with its token, which is told only now
   * @throws themes.version-not-found, themes.too-many-previews, themes.not-built
   */
  async open(
    store: StoreWriter,
    { themeVersionId, expiresIn }: PreviewInput,
  ): Promise<PreviewView & { token: string }> {
    const { storeId } = store;
    const now = this.clock.now();
    await store.execute('DELETE FROM theme_previews WHERE store_id = $1 AND expires_at <= $2', [
      storeId,
      now,
    ]);
    const open = await this.list(store);
    if (open.length >= mostPreviews) {
      throw themesErrors.error('too-many-previews', { most: mostPreviews });
    }
    const themeId = await themeOf(store, themeVersionId);
    if (themeVersionId !== undefined) await this.builds.require(store, themeVersionId);
    const previewId = newId();
    const expiresAt = new Date(now.getTime() + expiresIn * 1000);
    await store.execute(
      `INSERT INTO theme_previews
         (store_id, preview_id, theme_id, version_id, created_at, created_by, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [storeId, previewId, themeId, themeVersionId ?? null, now, store.actor.label, expiresAt],
    );
    store.record({
      action: 'theme-preview.opened',
      target: { kind: 'theme-preview', id: previewId },
      after: { themeId, themeVersionId: themeVersionId ?? null, expiresAt },
    });
    const view = (await this.list(store)).find((one) => one.previewId === previewId);
    if (!view) throw themesErrors.error('preview-not-found');
    return { ...view, token: this.tokens.sign(storeId, { previewId, expiresAt }) };
  }

  /** Ends a preview: its link leads nowhere from now on. @throws themes.preview-not-found */
  async end(store: StoreWriter, previewId: string): Promise<void> {
    const ended = await store.execute(
      'DELETE FROM theme_previews WHERE store_id = $1 AND preview_id = $2',
      [store.storeId, previewId],
    );
    if (ended === 0) throw themesErrors.error('preview-not-found');
    store.record({
      action: 'theme-preview.ended',
      target: { kind: 'theme-preview', id: previewId },
    });
  }
}

async function themeOf(store: StoreReader, versionId: string | undefined): Promise<string | null> {
  if (versionId === undefined) return null;
  const version = await store.rows(ThemeVersionEntity).findOne({ versionId });
  if (!version) throw themesErrors.error('version-not-found', {}, { field: 'themeVersionId' });
  return version.themeId;
}
