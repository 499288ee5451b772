import { Inject, Injectable } from '@nestjs/common';
import { newId } from '@libs/kernel';
import { COMPILER } from '@libs/template-engine';
import { Db } from '@platform/database';
import { ArtefactSigner } from '../artefacts/artefact-signer.service';
import { ThemeCompiler } from '../compile-process/theme-compiler.service';
import { readAll } from '../compile-process/wire';
import { ThemeProblems } from '../problems/theme-problems.service';
import { invalidTheme } from '../invalid-theme';
import type { ThemeFinding, UploadCode } from '../theme-finding';
import { ThemeFileKeeper } from '../theme-file-keeper.service';
import { ThemeVersionEntity } from '../theme-version.entity';
import { VersionRefused } from '../themes.events';
import { type CompiledParts, partsOf } from '../upload/prepare-theme';
import { decodeTexts } from '../upload/read-archive';
import { ThemeBuilds } from './theme-builds.service';

/** What came of it. `kept`: there was nothing to do, or somebody else has done it. */
export type BuildOutcome =
  { state: 'kept' } | { state: 'built' } | { state: 'refused'; findings: readonly ThemeFinding[] };

/** Codes of a compile process that did not come to an end. */
const noVerdicts: ReadonlySet<string> = new Set<UploadCode>(['T_TIMEOUT', 'T_CRASHED']);

/** Files of a version that are fetched at the same time. */
const parallel = 8;

/**
 * Builds a sealed version anew from its sources with the present compiler, in the order of an upload: claim, upload,
 * write. A kill at any point leaves nothing but claims, which the timetable gives up.
 */
@Injectable()
export class VersionBuilder {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(ThemeCompiler) private readonly compiler: ThemeCompiler,
    @Inject(ThemeFileKeeper) private readonly files: ThemeFileKeeper,
    @Inject(ArtefactSigner) private readonly signer: ArtefactSigner,
    @Inject(ThemeBuilds) private readonly builds: ThemeBuilds,
    @Inject(ThemeProblems) private readonly problems: ThemeProblems,
  ) {}

  /**
   * Makes the build of a version that lacks the present compiler's.
   * @throws themes.busy; themes.artefact-refused when a source is lost; themes.invalid-theme when the compile process died
   *   or was killed, which a busy machine does too, so that it is no verdict on the theme and not written down
   */
  async build(storeId: string, versionId: string): Promise<BuildOutcome> {
    const version = await this.db.read(storeId, (store) => this.unbuilt(store, versionId));
    if (!version) return { state: 'kept' };
    const parts = partsOf(await this.compiler.compile(decodeTexts(await this.sources(version))));
    if (parts.findings.some(({ code }) => noVerdicts.has(code))) throw invalidTheme(parts.findings);
    return parts.meta === null
      ? this.refuse(version, parts.findings)
      : this.keep(version, { ...parts, meta: parts.meta });
  }

  /** The version when it is there and has no build of the present compiler. */
  private async unbuilt(
    store: Parameters<Parameters<Db['read']>[1]>[0],
    versionId: string,
  ): Promise<ThemeVersionEntity | null> {
    const version = await store.rows(ThemeVersionEntity).findOne({ versionId });
    if (!version || version.compiler === COMPILER) return null;
    const [built] = await store.query(
      `SELECT 1 FROM theme_builds
       WHERE store_id = $1 AND version_id = $2 AND compiler = $3 AND meta IS NOT NULL`,
      [store.storeId, versionId, COMPILER],
    );
    return built ? null : version;
  }

  private async sources({ manifest }: ThemeVersionEntity): Promise<Map<string, Buffer>> {
    const waiting = Object.keys(manifest).sort();
    const files = new Map<string, Buffer>(waiting.map((path) => [path, Buffer.alloc(0)]));
    const work = async (): Promise<void> => {
      for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
        const { hash = '', size } = manifest[path] ?? {};
        files.set(path, await readAll(await this.files.open(hash), size));
      }
    };
    await Promise.all(Array.from({ length: parallel }, work));
    return files;
  }

  private async keep(
    { storeId, versionId }: ThemeVersionEntity,
    { meta, artefacts, code }: CompiledParts & { meta: NonNullable<CompiledParts['meta']> },
  ): Promise<BuildOutcome> {
    const buildId = newId();
    await this.db.write(storeId, (store) => this.files.claim(store, buildId, code));
    try {
      await this.files.upload(code);
      const signed = artefacts.map((one) => this.signer.sign({ storeId, versionId }, one));
      return await this.db.write(storeId, async (store) => {
        const build = { buildId, meta, artefacts: signed };
        if (await this.builds.save(store, versionId, build)) {
          await this.files.settle(store, buildId);
          return { state: 'built' };
        }
        await this.files.release(store, buildId);
        return { state: 'kept' };
      });
    } catch (error) {
      // What cannot be given up now is found by the timetable later.
      await this.db
        .write(storeId, (store) => this.files.release(store, buildId))
        .catch(() => undefined);
      throw error;
    }
  }

  /** Writes down why, for the merchant and for whoever asks next; the same again is no news. */
  private refuse(
    { storeId, themeId, versionId }: ThemeVersionEntity,
    all: readonly ThemeFinding[],
  ): Promise<BuildOutcome> {
    const findings = all.filter(({ severity }) => severity === 'error');
    return this.db.write(storeId, async (store) => {
      const news = await this.builds.save(store, versionId, { refusal: findings });
      const [first] = findings;
      if (news && first) {
        const { file, line, column } = first;
        const message = `does not compile any more: ${first.code}, ${first.message}`;
        const place = { themeId, versionId, template: file, section: '', file, line, column };
        const note = { ...place, code: 'T_OUTDATED', message, count: 1, leftOut: false };
        await this.problems.note(store, [note]);
        store.publish(VersionRefused, { themeId, versionId, compiler: COMPILER, file, line });
      }
      return { state: 'refused', findings };
    });
  }
}
