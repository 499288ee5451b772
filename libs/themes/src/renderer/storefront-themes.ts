import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Db } from '@platform/database';
import type { StoreReader } from '@platform/database';
import { ArtefactSigner } from '../artefacts/artefact-signer.service';
import { readAll } from '../compile-process/wire';
import { ThemeFileKeeper } from '../theme-file-keeper.service';
import { ThemeVersionEntity } from '../theme-version.entity';
import { themesErrors } from '../themes.errors';
import { type LoadedTheme, assetUrls, chooseArtefact } from './loaded-theme';

/** Which version shoppers see. */
export interface LiveVersion {
  themeId: string;
  versionId: string;
  publishedAt: Date;
}

/** Versions kept in memory; a theme's meta takes a few hundred kilobytes. */
const mostLoaded = 300;

/** The published theme for the storefront. Versions never change, so what was loaded once stays good. */
@Injectable()
export class StorefrontThemes {
  private readonly loaded = new LRUCache<string, Promise<LoadedTheme>>({ max: mostLoaded });

  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(ThemeFileKeeper) private readonly files: ThemeFileKeeper,
    @Inject(ArtefactSigner) private readonly signer: ArtefactSigner,
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
   * A version with its meta, addresses and code.
   * @param open the page's own snapshot of that store: without it the first load takes a second connection
   * @throws themes.version-not-found
   */
  load(storeId: string, versionId: string, open?: StoreReader): Promise<LoadedTheme> {
    const key = `${storeId} ${versionId}`;
    const known = this.loaded.get(key);
    if (known) return known;
    const loading = open
      ? this.read(open, versionId)
      : this.db.read(storeId, (store) => this.read(store, versionId));
    this.loaded.set(key, loading);
    // What failed is tried again by the next page.
    loading.catch(() => this.loaded.delete(key));
    return loading;
  }

  private async read(store: StoreReader, versionId: string): Promise<LoadedTheme> {
    const { storeId } = store;
    const version = await store.rows(ThemeVersionEntity).findOne({ versionId });
    if (!version) throw themesErrors.error('version-not-found');
    const { themeId, meta, manifest, artefacts } = version;
    return {
      themeId,
      versionId,
      meta,
      assets: assetUrls(manifest),
      localeFor: (locale) => chooseArtefact(artefacts, locale, meta.defaultLocale).locale,
      artefactFor: (locale) => {
        const chosen = chooseArtefact(artefacts, locale, meta.defaultLocale);
        const js = async () => {
          const bytes = await readAll(await this.files.open(chosen.hash));
          return this.signer.verify({ storeId, versionId }, chosen, bytes);
        };
        return { locale: chosen.locale, hash: chosen.hash, js };
      },
    };
  }
}
