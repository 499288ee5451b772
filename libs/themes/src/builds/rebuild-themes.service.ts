import { Inject, Injectable } from '@nestjs/common';
import { COMPILER } from '@libs/template-engine';
import { Db } from '@platform/database';
import type { ThemeFinding } from '../theme-finding';
import { versionsToBuild } from './build.queries';
import { ThemeBuilds } from './theme-builds.service';
import { type BuildOutcome, VersionBuilder } from './version-builder.service';

interface Candidate {
  storeId: string;
  handle: string;
  versionId: string;
  themeName: string;
  n: number;
}

/** What became of one version. */
export interface RebuiltVersion extends Candidate {
  live: boolean;
  /** `failed`: not the theme's fault; `reason` says what it was. */
  state: BuildOutcome['state'] | 'failed';
  /** Why the present compiler refuses it. */
  findings: readonly ThemeFinding[];
  reason: string | null;
  /** Whether this release can show it, be it with an older build. */
  runs: boolean;
}

/** Which versions, and until when. */
export interface RebuildOptions {
  /** Only those that shoppers see. */
  liveOnly: boolean;
  /** Whether versions that the present compiler has refused are tried once more. */
  retryRefused: boolean;
  signal?: AbortSignal;
}

const first = '00000000-0000-0000-0000-000000000000';

/**
 * After the engine has changed: builds every version that the present compiler has not built, those that are live before
 * all others, one after the other. It keeps no place: what is done is not done again, so it may be ended anywhere and
 * begun anew.
 */
@Injectable()
export class RebuildThemes {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(ThemeBuilds) private readonly builds: ThemeBuilds,
    @Inject(VersionBuilder) private readonly builder: VersionBuilder,
  ) {}

  /** Builds, and tells of each version as it is done; one store's fault stops no other's. */
  async *run({ liveOnly, retryRefused, signal }: RebuildOptions): AsyncGenerator<RebuiltVersion> {
    for (const live of liveOnly ? [true] : [true, false]) {
      for await (const candidate of this.candidates(live, retryRefused)) {
        if (signal?.aborted) return;
        yield await this.rebuild(candidate, live);
      }
    }
  }

  /** Page by page: there may be more than fit into memory. */
  private async *candidates(live: boolean, retryRefused: boolean): AsyncGenerator<Candidate> {
    let after = { storeId: first, versionId: first };
    for (;;) {
      const page: Candidate[] = await this.db.acrossStores('find theme versions to build', (tx) =>
        tx.query<Candidate>(versionsToBuild, [
          COMPILER,
          after.storeId,
          after.versionId,
          live,
          retryRefused,
        ]),
      );
      yield* page;
      const last = page.at(-1);
      if (!last) return;
      after = last;
    }
  }

  private async rebuild(candidate: Candidate, live: boolean): Promise<RebuiltVersion> {
    const { storeId, versionId } = candidate;
    const done = { ...candidate, live, findings: [], reason: null };
    try {
      const outcome = await this.builder.build(storeId, versionId);
      if (outcome.state !== 'refused') return { ...done, state: outcome.state, runs: true };
      return { ...done, ...outcome, runs: await this.runs(candidate) };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const runs = await this.runs(candidate).catch(() => false);
      return { ...done, state: 'failed', reason, runs };
    }
  }

  private runs({ storeId, versionId }: Candidate): Promise<boolean> {
    return this.db.read(storeId, (store) => this.builds.runs(store, versionId));
  }
}
