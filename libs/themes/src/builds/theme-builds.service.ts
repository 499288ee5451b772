import { Inject, Injectable } from '@nestjs/common';
import { AppError, type Clock, newId } from '@libs/kernel';
import { CLOCK } from '@libs/platform';
import { COMPILER, RUNNABLE_COMPILERS, type ThemeMeta } from '@libs/template-engine';
import type { StoreReader, StoreWriter } from '@platform/database';
import type { ThemeFinding } from '../theme-finding';
import { type ArtefactPlace, ArtefactSigner } from '../artefacts/artefact-signer.service';
import { readAll } from '../compile-process/wire';
import { ThemeFileKeeper } from '../theme-file-keeper.service';
import type { ManifestEntry, SignedArtefact } from '../theme-version.entity';
import { themesErrors } from '../themes.errors';
import { bestBuild, deleteOldBuilds, hasBuild, saveBuild } from './build.queries';

/** A version with the build that this release runs of it. */
export interface BuiltVersion {
  themeId: string;
  manifest: Record<string, ManifestEntry>;
  /** Of the present compiler, else of an older one that still runs; null when there is neither. */
  build: { meta: ThemeMeta; artefacts: SignedArtefact[] } | null;
  /** The present compiler has refused it. */
  refused: boolean;
}

/** What a compiler made of a version: code, or reasons why there is none. */
export type NewBuild =
  | { buildId: string; meta: ThemeMeta; artefacts: SignedArtefact[] }
  | { refusal: readonly ThemeFinding[] };

/** Seconds after which somebody who needs a missing build may ask again. */
const askAgain = { soon: 5, refused: 600 };

/**
 * What compilers made of theme versions. A version carries the build that it was sealed with; what other compilers make
 * of its sources later stands beside it, one build for each, so that machines of two releases find their own.
 */
@Injectable()
export class ThemeBuilds {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ThemeFileKeeper) private readonly files: ThemeFileKeeper,
    @Inject(ArtefactSigner) private readonly signer: ArtefactSigner,
  ) {}

  /** A version with its best build; null when there is no such version. One statement. */
  async find(store: StoreReader, versionId: string): Promise<BuiltVersion | null> {
    const [row] = await store.query<
      Omit<BuiltVersion, 'build'> & { meta: ThemeMeta | null; artefacts: SignedArtefact[] }
    >(bestBuild, [store.storeId, versionId, RUNNABLE_COMPILERS]);
    if (!row) return null;
    const { themeId, manifest, refused, meta, artefacts } = row;
    return { themeId, manifest, refused, build: meta && { meta, artefacts } };
  }

  /** The code of a build in one locale, hash and signature checked. @throws themes.artefact-refused */
  async code(place: ArtefactPlace, artefact: SignedArtefact): Promise<string> {
    const bytes = await readAll(await this.files.open(artefact.hash));
    return this.signer.verify(place, artefact, bytes);
  }

  /** Whether this release can show a version. */
  async runs(store: StoreReader, versionId: string): Promise<boolean> {
    const params = [store.storeId, versionId, RUNNABLE_COMPILERS];
    const [row] = await store.query<{ runs: boolean }>(hasBuild, params);
    return row?.runs === true;
  }

  /**
   * Lets only versions through that this release can show.
   * @throws themes.not-built, from which `unbuiltVersion` reads which one
   */
  async require(store: StoreReader, versionId: string): Promise<void> {
    if (!(await this.runs(store, versionId))) throw notBuilt(versionId, false);
  }

  /**
   * Writes what the present compiler made of a version, unless there is as much already.
   * @returns whether anything was written
   */
  async save(store: StoreWriter, versionId: string, build: NewBuild): Promise<boolean> {
    const made = 'meta' in build ? build : { buildId: newId(), meta: null, artefacts: [] };
    const written = await store.execute(saveBuild, [
      store.storeId,
      versionId,
      COMPILER,
      made.buildId,
      made.meta && JSON.stringify(made.meta),
      JSON.stringify(made.artefacts),
      JSON.stringify('refusal' in build ? build.refusal : []),
      this.clock.now(),
    ]);
    return written > 0;
  }

  /** Takes the builds of versions away that are about to go. */
  async remove(store: StoreWriter, versionIds: readonly string[]): Promise<void> {
    const gone = await store.query<{ id: string }>(
      `DELETE FROM theme_builds WHERE store_id = $1 AND version_id = ANY ($2::uuid[])
       RETURNING build_id AS id`,
      [store.storeId, versionIds],
    );
    for (const { id } of gone) await this.files.release(store, id);
  }

  /** Takes away builds of other compilers that no machine needs any more. */
  async removeOld(store: StoreWriter): Promise<void> {
    const params = [this.clock.now(), COMPILER, store.storeId];
    const gone = await store.query<{ id: string }>(deleteOldBuilds, params);
    for (const { id } of gone) await this.files.release(store, id);
  }
}

/**
 * The error of a version that this release cannot show yet.
 * @param refused whether it is known that it will not be before its sources or the release change
 */
export function notBuilt(versionId: string, refused: boolean): AppError {
  return themesErrors.error(
    'not-built',
    {},
    {
      retryAfterSeconds: refused ? askAgain.refused : askAgain.soon,
      extensions: { versionId },
    },
  );
}

/** The version that such an error names; null for any other. */
export function unbuiltVersion(error: unknown): string | null {
  if (!(error instanceof AppError) || !themesErrors.is(error, 'not-built')) return null;
  return String(error.extensions['versionId']);
}
