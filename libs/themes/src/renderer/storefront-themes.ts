import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { COMPILER } from '@libs/template-engine';
import { Db } from '@platform/database';
import type { StoreReader } from '@platform/database';
import { ThemeBuilds, notBuilt } from '../builds/theme-builds.service';
import { themesErrors } from '../themes.errors';
import { type LoadedTheme, assetUrls, chooseArtefact } from './loaded-theme';
import { MissingBuilds } from './missing-builds';

/** Which version shoppers see. */
export interface LiveVersion {
  themeId: string;
  versionId: string;
  publishedAt: Date;
}

/** Versions kept in memory; a theme's meta takes a few hundred kilobytes. */
const mostLoaded = 300;

/** How long an older compiler's build is used before somebody looks whether the present one's is there, in ms. */
const olderForMs = 30_000;

/** The published theme for the storefront. Builds of a version never change, so what was loaded once stays good. */
@Injectable()
export class StorefrontThemes {
  private readonly loaded = new LRUCache<string, Promise<LoadedTheme>>({ max: mostLoaded });

  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(ThemeBuilds) private readonly builds: ThemeBuilds,
    @Inject(MissingBuilds) private readonly missing: MissingBuilds,
  ) {}

  /** The live version, or null when the store has published none; one statement. */
  async live(store: StoreReader): Promise<LiveVersion | null> {
    const [live] = await store.query<LiveVersion>(
      `SELECT theme_id AS "themeId", version_id AS "versionId", published_at AS "publishedAt"
       FROM live_themes WHERE store_id = $1`,
      [store.storeId],
    );
    return live ?? null;
  }

  /**
   * A version with its meta, addresses and code, as this release runs it; a build that is missing is asked for.
   * @param open the page's own snapshot of that store: without it the first load takes a second connection
   * @throws themes.version-not-found; themes.not-built when there is no build yet that this release runs
   */
  load(storeId: string, versionId: string, open?: StoreReader): Promise<LoadedTheme> {
    const key = `${storeId} ${versionId}`;
    const known = this.loaded.get(key);
    if (known) return known;
    const loading = open
      ? this.read(open, versionId)
      : this.db.read(storeId, (store) => this.read(store, versionId));
    this.loaded.set(key, loading);
    loading.then(
      ({ meta }) => {
        if (meta.compiler !== COMPILER) this.loaded.set(key, loading, { ttl: olderForMs });
      },
      // What failed is tried again by the next page.
      () => this.loaded.delete(key),
    );
    return loading;
  }

  private async read(store: StoreReader, versionId: string): Promise<LoadedTheme> {
    const { storeId } = store;
    const version = await this.builds.find(store, versionId);
    if (!version) throw themesErrors.error('version-not-found');
    const { themeId, manifest, build, refused } = version;
    if (!refused && build?.meta.compiler !== COMPILER) this.missing.ask(storeId, versionId);
    if (!build) throw notBuilt(versionId, refused);
    const { meta, artefacts } = build;
    return {
      themeId,
      versionId,
      meta,
      assets: assetUrls(manifest),
      localeFor: (locale) => chooseArtefact(artefacts, locale, meta.defaultLocale).locale,
      artefactFor: (locale) => {
        const chosen = chooseArtefact(artefacts, locale, meta.defaultLocale);
        const js = () => this.builds.code({ storeId, versionId }, chosen);
        return { locale: chosen.locale, hash: chosen.hash, js };
      },
    };
  }
}
