import { Inject, Injectable } from '@nestjs/common';
import { type Clock } from '@libs/kernel';
import { CLOCK } from '@libs/platform';
import type { StoreReader, StoreWriter } from '@platform/database';
import { checkVersion } from '@platform/http';
import { ThemeBuilds } from './builds/theme-builds.service';
import { ThemeFileKeeper } from './theme-file-keeper.service';
import { ThemeEntity } from './theme.entity';
import { ThemeVersionEntity } from './theme-version.entity';
import {
  type ThemeView,
  type VersionView,
  themeColumns,
  uploadsToPrune,
  versionColumns,
  versionsToPrune,
} from './theme.queries';
import { themesErrors } from './themes.errors';
import { ThemeDeleted } from './themes.events';
import { lockTheme } from './upload/theme-uploads.service';

/** What somebody looked at before the change: an `If-Match` header, a version in the body, both or neither. */
export interface Seen {
  ifMatch?: string;
  version?: number;
}

/** The themes of a store and their versions. */
@Injectable()
export class Themes {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ThemeFileKeeper) private readonly files: ThemeFileKeeper,
    @Inject(ThemeBuilds) private readonly builds: ThemeBuilds,
  ) {}

  /** Every theme of the store, oldest first; there are few. */
  list(store: StoreReader): Promise<ThemeView[]> {
    return store.query<ThemeView>(`${themeColumns} ORDER BY t.theme_id`, [store.storeId]);
  }

  /** @throws themes.theme-not-found */
  async get(store: StoreReader, themeId: string): Promise<ThemeView> {
    const sql = `${themeColumns} AND t.theme_id = $2`;
    const [theme] = await store.query<ThemeView>(sql, [store.storeId, themeId]);
    if (!theme) throw themesErrors.error('theme-not-found');
    return theme;
  }

  /** A theme's versions, newest first. @throws themes.theme-not-found */
  async listVersions(
    store: StoreReader,
    themeId: string,
    { limit, before }: { limit: number; before: number | null },
  ): Promise<VersionView[]> {
    await this.get(store, themeId);
    return store.query<VersionView>(
      `${versionColumns} AND v.theme_id = $2 AND ($3::int IS NULL OR v.n < $3)
       ORDER BY v.n DESC LIMIT $4`,
      [store.storeId, themeId, before, limit],
    );
  }

  /** A version with everything. @throws themes.version-not-found */
  async getVersion(
    store: StoreReader,
    themeId: string,
    versionId: string,
  ): Promise<ThemeVersionEntity> {
    const version = await store.rows(ThemeVersionEntity).findOne({ themeId, versionId });
    if (!version) throw themesErrors.error('version-not-found');
    return version;
  }

  /**
   * Gives a theme another name; its versions keep the one that they were uploaded with.
   * @param seen the version of the theme that was looked at
   * @throws themes.theme-not-found, http.version-conflict, http.version-mismatch
   */
  async rename(store: StoreWriter, themeId: string, name: string, seen: Seen): Promise<ThemeView> {
    const theme = await lockTheme(store, themeId);
    checkVersion(theme.version, seen);
    if (theme.name === name) return this.get(store, themeId);
    await store
      .rows(ThemeEntity)
      .update({ themeId }, { name, updatedAt: this.clock.now(), version: theme.version + 1 });
    store.record({
      action: 'theme.renamed',
      target: { kind: 'theme', id: themeId },
      before: { name: theme.name },
      after: { name },
    });
    return this.get(store, themeId);
  }

  /**
   * Deletes a theme with its versions, and ends the previews of them.
   * @param seen the version of the theme that was looked at
   * @throws themes.theme-not-found, themes.theme-is-live, http.version-mismatch
   */
  async delete(store: StoreWriter, themeId: string, seen: Seen = {}): Promise<void> {
    // All of them: a rollback of another theme may be about to make this one live.
    await lockAll(store);
    const { name, liveVersionId, version } = await this.get(store, themeId);
    checkVersion(version, seen);
    if (liveVersionId !== null) throw themesErrors.error('theme-is-live');
    const versions = await store.query<{ id: string }>(
      'SELECT version_id AS id FROM theme_versions WHERE store_id = $1 AND theme_id = $2',
      [store.storeId, themeId],
    );
    await this.remove(store, versions);
    await store.execute('DELETE FROM themes WHERE store_id = $1 AND theme_id = $2', [
      store.storeId,
      themeId,
    ]);
    store.record({
      action: 'theme.deleted',
      target: { kind: 'theme', id: themeId },
      before: { name },
    });
    store.publish(ThemeDeleted, { themeId });
  }

  /**
   * Takes away old versions, old builds, and what killed uploads left behind.
   * @returns how many versions went
   */
  async prune(store: StoreWriter): Promise<number> {
    const { storeId } = store;
    const now = this.clock.now();
    // The lock keeps an old version from being published while it goes.
    await lockAll(store);
    const old = await store.query<{ id: string }>(versionsToPrune, [now, storeId]);
    await this.remove(store, old);
    await this.builds.removeOld(store);
    const abandoned = await store.query<{ id: string }>(uploadsToPrune, [now, storeId]);
    for (const { id } of abandoned) await this.files.release(store, id);
    return old.length;
  }

  private async remove(store: StoreWriter, versions: { id: string }[]): Promise<void> {
    if (versions.length === 0) return;
    const ids = versions.map(({ id }) => id);
    await this.builds.remove(store, ids);
    await store.query('SELECT prune_theme_versions($1)', [ids]);
    for (const table of ['theme_problems', 'theme_previews']) {
      await store.execute(
        `DELETE FROM ${table} WHERE store_id = $1 AND version_id = ANY ($2::uuid[])`,
        [store.storeId, ids],
      );
    }
    for (const { id } of versions) await this.files.release(store, id);
  }
}

/** Locks every theme of the store, in one order for all. */
async function lockAll(store: StoreWriter): Promise<void> {
  await store.query('SELECT 1 FROM themes WHERE store_id = $1 ORDER BY theme_id FOR UPDATE', [
    store.storeId,
  ]);
}
