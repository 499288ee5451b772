import { Inject, Injectable } from '@nestjs/common';
import { type Clock, newId } from '@libs/kernel';
import { CLOCK } from '@libs/platform';
import type { StoreReader, StoreWriter } from '@platform/database';
import { ArtefactSigner } from '../artefacts/artefact-signer.service';
import { ThemeCompiler } from '../compile-process/theme-compiler.service';
import { ThemeEntity } from '../theme.entity';
import type { ThemeFinding } from '../theme-finding';
import { ThemeFileKeeper } from '../theme-file-keeper.service';
import { ThemeVersionEntity } from '../theme-version.entity';
import { themesErrors } from '../themes.errors';
import { type PreparedTheme, manifestOf, prepareTheme, sourceHashOf } from './prepare-theme';
import { type ThemeBytes, decodeTexts } from './read-archive';

/** Where an upload goes: a new theme unless one is named. */
export interface UploadTarget {
  themeId?: string;
  /** The version that the uploader began with; another latest one is a conflict. */
  baseVersionId?: string;
}

/** What an upload became. */
export interface UploadedTheme {
  id: string;
  versionId: string;
  n: number;
  name: string;
  /** Warnings and advice. */
  findings: ThemeFinding[];
  /** True when the latest version holds exactly these files already: no version was added. */
  unchanged: boolean;
}

/** A store keeps this many themes (Shopify's number). */
const mostThemes = 20;

/**
 * From files to a sealed version, in the order that a kill cannot hurt (domains.md, 7.1): prepare, claim, upload, seal.
 * Until it is sealed nobody sees anything of it.
 */
@Injectable()
export class ThemeUploads {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ThemeCompiler) private readonly compiler: ThemeCompiler,
    @Inject(ThemeFileKeeper) private readonly files: ThemeFileKeeper,
    @Inject(ArtefactSigner) private readonly signer: ArtefactSigner,
  ) {}

  /**
   * Asks whether the target takes an upload at all, before the work is done.
   * @throws themes.theme-not-found, themes.too-many-themes, themes.version-moved
   */
  async checkTarget(store: StoreReader, target: UploadTarget, files: ThemeBytes): Promise<void> {
    if (target.themeId === undefined) {
      await this.checkRoom(store);
      return;
    }
    const theme = await store.rows(ThemeEntity).findOne({ themeId: target.themeId });
    if (!theme) throw themesErrors.error('theme-not-found');
    const latest = await this.latest(store, theme);
    if (latest?.sourceHash !== sourceHashOf(manifestOf(files))) checkBase(theme, target);
  }

  /** Compiles. @throws themes.invalid-theme, themes.busy */
  async prepare(files: ThemeBytes): Promise<PreparedTheme> {
    return prepareTheme(files, await this.compiler.compile(decodeTexts(files)));
  }

  /** Keeps the collector away from the files, of which some may be there already. */
  claim(store: StoreWriter, { versionId, blobs }: PreparedTheme): Promise<void> {
    return this.files.claim(store, versionId, blobs);
  }

  /** Uploads what is not there yet; needs no transaction. */
  upload({ blobs }: PreparedTheme): Promise<void> {
    return this.files.upload(blobs);
  }

  /** Gives up an upload that failed. */
  abandon(store: StoreWriter, { versionId }: PreparedTheme): Promise<void> {
    return this.files.release(store, versionId);
  }

  /**
   * Makes the upload a version, which never changes again.
   * @throws themes.theme-not-found, themes.too-many-themes, themes.version-moved
   */
  async seal(
    store: StoreWriter,
    prepared: PreparedTheme,
    target: UploadTarget,
  ): Promise<UploadedTheme> {
    const theme =
      target.themeId === undefined
        ? await this.create(store, prepared)
        : await lockTheme(store, target.themeId);
    const latest = await this.latest(store, theme);
    // Also when another compiler sealed it: builds are kept apart from versions.
    if (latest?.sourceHash === prepared.sourceHash) {
      await this.files.release(store, prepared.versionId);
      return { ...shown(theme, latest), unchanged: true };
    }
    checkBase(theme, target);
    const version = await this.insert(store, theme, prepared);
    await this.files.settle(store, prepared.versionId);
    store.record({
      action: 'theme.uploaded',
      target: { kind: 'theme', id: theme.themeId },
      after: { name: theme.name, n: version.n, versionId: version.versionId },
    });
    return { ...shown(theme, version), unchanged: false };
  }

  private async create(store: StoreWriter, { meta }: PreparedTheme): Promise<ThemeEntity> {
    // Two uploads at once would both see the last free place.
    await store.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 7021003))', [
      store.storeId,
    ]);
    await this.checkRoom(store);
    const now = this.clock.now();
    const themeId = newId();
    const row = { themeId, name: meta.name.slice(0, 200), latestN: 0, latestVersionId: null };
    await store.rows(ThemeEntity).insert({ ...row, createdAt: now, updatedAt: now, version: 1 });
    return lockTheme(store, themeId);
  }

  private async insert(
    store: StoreWriter,
    theme: ThemeEntity,
    { versionId, meta, manifest, sourceHash, artefacts, findings }: PreparedTheme,
  ): Promise<ThemeVersionEntity> {
    const { storeId } = store;
    const now = this.clock.now();
    const version = {
      versionId,
      themeId: theme.themeId,
      n: theme.latestN + 1,
      manifest,
      sourceHash,
      compiler: meta.compiler,
      meta,
      artefacts: artefacts.map((artefact) => this.signer.sign({ storeId, versionId }, artefact)),
      findings,
      createdAt: now,
      createdBy: store.actor.label,
    };
    await store.rows(ThemeVersionEntity).insert(version);
    await store.rows(ThemeEntity).update(
      { themeId: theme.themeId },
      {
        latestN: version.n,
        latestVersionId: versionId,
        updatedAt: now,
        version: theme.version + 1,
      },
    );
    return { ...version, storeId };
  }

  private async checkRoom(store: StoreReader): Promise<void> {
    if ((await store.rows(ThemeEntity).count()) >= mostThemes) {
      throw themesErrors.error('too-many-themes', { most: mostThemes });
    }
  }

  private async latest(
    store: StoreReader,
    { latestVersionId }: ThemeEntity,
  ): Promise<ThemeVersionEntity | null> {
    if (latestVersionId === null) return null;
    return store.rows(ThemeVersionEntity).findOne({ versionId: latestVersionId });
  }
}

/** Locks a theme's row, so that its versions are counted and pointed to by one at a time. @throws themes.theme-not-found */
export async function lockTheme(store: StoreWriter, themeId: string): Promise<ThemeEntity> {
  await store.query('SELECT 1 FROM themes WHERE store_id = $1 AND theme_id = $2 FOR UPDATE', [
    store.storeId,
    themeId,
  ]);
  const theme = await store.rows(ThemeEntity).findOne({ themeId });
  if (!theme) throw themesErrors.error('theme-not-found');
  return theme;
}

function checkBase(theme: ThemeEntity, { baseVersionId }: UploadTarget): void {
  if (baseVersionId === undefined || baseVersionId === theme.latestVersionId) return;
  throw themesErrors.error(
    'version-moved',
    { current: theme.latestN },
    {
      field: 'baseVersionId',
      extensions: { current: { versionId: theme.latestVersionId, n: theme.latestN } },
    },
  );
}

function shown(theme: ThemeEntity, { versionId, n, findings }: ThemeVersionEntity) {
  return { id: theme.themeId, versionId, n, name: theme.name, findings };
}
