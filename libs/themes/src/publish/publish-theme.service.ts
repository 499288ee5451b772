import { Inject, Injectable } from '@nestjs/common';
import { type Clock, newId } from '@libs/kernel';
import { CLOCK } from '@libs/platform';
import type { StoreReader, StoreWriter } from '@platform/database';
import { ThemeBuilds } from '../builds/theme-builds.service';
import { ThemePublished } from '../themes.events';
import { themesErrors } from '../themes.errors';
import { lockTheme } from '../upload/theme-uploads.service';

/** What is live, and what a rollback would bring back. */
export interface LiveTheme {
  id: string;
  versionId: string;
  n: number;
  publicationId: string;
  publishedAt: Date;
  publishedBy: string;
  previousVersionId: string | null;
}

/** What is to become live. */
export interface PublishInput {
  /** The latest (or, going back, the one before) when left out. */
  versionId?: string;
  /** The version that was live when the publisher looked, null for none; another one is a conflict. */
  expectedVersionId?: string | null;
}

/** A line of the history. */
export interface PublicationView {
  publicationId: string;
  kind: 'publish' | 'rollback';
  id: string;
  versionId: string;
  n: number | null;
  publishedAt: Date;
  publishedBy: string;
}

interface Move {
  kind: 'publish' | 'rollback';
  themeId: string;
  versionId: string;
  /** The publication to which a rollback from here leads. */
  replaced: string | null;
}

/** Publishing moves one pointer by compare-and-set, forward or back; nothing is uploaded and nothing is built. */
@Injectable()
export class PublishTheme {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ThemeBuilds) private readonly builds: ThemeBuilds,
  ) {}

  /** What is live, or null. */
  async live(store: StoreReader): Promise<LiveTheme | null> {
    const [live] = await store.query<LiveTheme>(
      `SELECT l.theme_id AS id, l.version_id AS "versionId", v.n, l.publication_id AS "publicationId",
         l.published_at AS "publishedAt", l.published_by AS "publishedBy", r.version_id AS "previousVersionId"
       FROM live_themes l JOIN theme_versions v USING (store_id, version_id)
       JOIN theme_publications p USING (store_id, publication_id)
       LEFT JOIN theme_publications r ON r.store_id = p.store_id AND r.publication_id = p.replaced_id
       WHERE l.store_id = $1`,
      [store.storeId],
    );
    return live ?? null;
  }

  /** Who published what, newest first. */
  history(
    store: StoreReader,
    { limit, before }: { limit: number; before: string | null },
  ): Promise<PublicationView[]> {
    return store.query<PublicationView>(
      `SELECT p.publication_id AS "publicationId", p.kind, p.theme_id AS id, p.version_id AS "versionId",
         v.n, p.published_at AS "publishedAt", p.published_by AS "publishedBy"
       FROM theme_publications p LEFT JOIN theme_versions v USING (store_id, version_id)
       WHERE p.store_id = $1 AND ($2::uuid IS NULL OR p.publication_id < $2)
       ORDER BY p.publication_id DESC LIMIT $3`,
      [store.storeId, before, limit],
    );
  }

  /**
   * Makes a version of the theme live. The version that is live already stays so without an event.
   * @throws themes.theme-not-found, themes.version-not-found, themes.live-moved, themes.not-built
   */
  async publish(store: StoreWriter, themeId: string, input: PublishInput): Promise<LiveTheme> {
    const theme = await lockTheme(store, themeId);
    const versionId = await this.versionOf(
      store,
      themeId,
      input.versionId ?? theme.latestVersionId,
    );
    const live = await this.expected(store, input);
    const replaced = live?.publicationId ?? null;
    return this.move(store, { kind: 'publish', themeId, versionId, replaced }, live);
  }

  /**
   * Makes live what was live before this theme's version, of whichever theme it was; or the version that is named.
   * Doing it again goes further back.
   * @throws themes.theme-not-found, themes.version-not-found, themes.theme-not-live, themes.nothing-before, themes.live-moved,
   *   themes.not-built
   */
  async rollback(store: StoreWriter, themeId: string, input: PublishInput): Promise<LiveTheme> {
    await lockTheme(store, themeId);
    const live = await this.expected(store, input);
    if (input.versionId !== undefined) {
      const versionId = await this.versionOf(store, themeId, input.versionId);
      const replaced = live?.publicationId ?? null;
      return this.move(store, { kind: 'rollback', themeId, versionId, replaced }, live);
    }
    if (live?.id !== themeId) throw themesErrors.error('theme-not-live');
    return this.move(store, await this.before(store, live), live);
  }

  private async expected(
    store: StoreReader,
    { expectedVersionId }: PublishInput,
  ): Promise<LiveTheme | null> {
    const live = await this.live(store);
    if (expectedVersionId !== undefined && (live?.versionId ?? null) !== expectedVersionId) {
      throw moved(live);
    }
    return live;
  }

  private async versionOf(
    store: StoreReader,
    themeId: string,
    versionId: string | null,
  ): Promise<string> {
    const [found] = await store.query<{ id: string }>(
      `SELECT version_id AS id FROM theme_versions
       WHERE store_id = $1 AND theme_id = $2 AND version_id = $3`,
      [store.storeId, themeId, versionId],
    );
    if (!found) throw themesErrors.error('version-not-found');
    return found.id;
  }

  /** The nearest publication down the chain whose version still exists and differs from what is live. */
  private async before(store: StoreReader, live: LiveTheme): Promise<Move> {
    const [target] = await store.query<Omit<Move, 'kind'>>(
      `WITH RECURSIVE chain AS (
         SELECT replaced_id AS id, 1 AS depth FROM theme_publications
         WHERE store_id = $1 AND publication_id = $2
         UNION ALL
         SELECT p.replaced_id, c.depth + 1 FROM chain c
         JOIN theme_publications p ON p.store_id = $1 AND p.publication_id = c.id WHERE c.depth < 1000
       )
       SELECT p.theme_id AS "themeId", p.version_id AS "versionId", p.replaced_id AS replaced
       FROM chain c JOIN theme_publications p ON p.store_id = $1 AND p.publication_id = c.id
       JOIN theme_versions v ON v.store_id = $1 AND v.version_id = p.version_id
       WHERE p.version_id <> $3 ORDER BY c.depth LIMIT 1`,
      [store.storeId, live.publicationId, live.versionId],
    );
    if (!target) throw themesErrors.error('nothing-before');
    return { kind: 'rollback', ...target };
  }

  private async move(store: StoreWriter, to: Move, from: LiveTheme | null): Promise<LiveTheme> {
    if (from?.versionId === to.versionId) return from;
    await this.builds.require(store, to.versionId);
    const publicationId = newId();
    const now = this.clock.now();
    await store.execute(
      `INSERT INTO theme_publications
         (store_id, publication_id, kind, theme_id, version_id, replaced_id, published_at, published_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        store.storeId,
        publicationId,
        to.kind,
        to.themeId,
        to.versionId,
        to.replaced,
        now,
        store.actor.label,
      ],
    );
    const values = [store.storeId, to.themeId, to.versionId, publicationId, now, store.actor.label];
    const touched = from
      ? await store.execute(
          `UPDATE live_themes SET theme_id = $2, version_id = $3, publication_id = $4, published_at = $5,
             published_by = $6
           WHERE store_id = $1 AND publication_id = $7`,
          [...values, from.publicationId],
        )
      : await store.execute(
          `INSERT INTO live_themes (store_id, theme_id, version_id, publication_id, published_at, published_by)
           VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
          values,
        );
    const live = await this.live(store);
    // Zero rows: somebody else published since we looked. Tell, do not overwrite.
    if (touched === 0 || live === null) throw moved(live);
    this.tell(store, live, from);
    return live;
  }

  private tell(store: StoreWriter, { id, versionId, n }: LiveTheme, from: LiveTheme | null): void {
    store.record({
      action: 'theme.published',
      target: { kind: 'theme', id },
      before: from ? { themeId: from.id, versionId: from.versionId, n: from.n } : undefined,
      after: { themeId: id, versionId, n },
    });
    const previousVersionId = from?.versionId ?? null;
    store.publish(ThemePublished, { themeId: id, versionId, previousVersionId });
  }
}

function moved(live: LiveTheme | null) {
  return themesErrors.error(
    'live-moved',
    {},
    { field: 'expectedVersionId', extensions: { current: live } },
  );
}
