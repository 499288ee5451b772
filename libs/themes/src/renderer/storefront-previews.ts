import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@libs/kernel';
import { CLOCK } from '@libs/platform';
import { Db } from '@platform/database';
import { PreviewTokens } from '../previews/preview-tokens.service';

/** A preview that somebody has a right to see. */
export interface OpenPreview {
  previewId: string;
  /** Null: only the store's data, for a theme that lies elsewhere. */
  versionId: string | null;
  themeName: string | null;
  n: number | null;
  expiresAt: Date;
}

/** Previews for the storefront. */
@Injectable()
export class StorefrontPreviews {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Db) private readonly db: Db,
    @Inject(PreviewTokens) private readonly tokens: PreviewTokens,
  ) {}

  /** The preview that a token opens on this store; null for one that ended, was ended, or is not ours. */
  async find(storeId: string, token: string): Promise<OpenPreview | null> {
    const claim = this.tokens.verify(storeId, token, this.clock.now());
    if (!claim) return null;
    const [row] = await this.db.read(storeId, (store) =>
      store.query<Omit<OpenPreview, 'previewId'>>(
        `SELECT p.version_id AS "versionId", t.name AS "themeName", v.n, p.expires_at AS "expiresAt"
         FROM theme_previews p
         LEFT JOIN themes t ON t.store_id = p.store_id AND t.theme_id = p.theme_id
         LEFT JOIN theme_versions v ON v.store_id = p.store_id AND v.version_id = p.version_id
         WHERE p.store_id = $1 AND p.preview_id = $2`,
        [storeId, claim.previewId],
      ),
    );
    return row ? { previewId: claim.previewId, ...row } : null;
  }
}
