import { Inject, Injectable } from '@nestjs/common';
import slugify from '@sindresorhus/slugify';
import { MoreThan } from 'typeorm';
import { type Clock, merchantHtml, newId, searchVector } from '@libs/kernel';
import { CLOCK } from '@libs/platform';
import { changedFields } from '@platform/audit';
import type { StoreReader, StoreWriter } from '@platform/database';
import { checkVersion } from '@platform/http';
import { contentErrors } from './content.errors';
import { PageChanged } from './content.events';
import { type Written, bodyLimit } from './html-limits';
import { PageEntity } from './page.entity';

/** What a merchant gives for a page. */
export interface PageInput {
  title: string;
  handle?: string;
  bodyHtml?: string;
  templateSuffix?: string | null;
  seoTitle?: string | null;
  seoDescription?: string | null;
  published?: boolean;
}

/** What an editor saw, for optimistic locking. */
export interface Seen {
  ifMatch?: string;
  version?: number;
}

/** Pages: what a merchant writes beside the products. */
@Injectable()
export class Pages {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** The pages, oldest first. */
  list(
    store: StoreReader,
    { limit, after }: { limit: number; after: string | null },
  ): Promise<PageEntity[]> {
    return store.rows(PageEntity).find(after === null ? {} : { pageId: MoreThan(after) }, {
      order: { pageId: 'ASC' },
      take: limit,
    });
  }

  /** @throws content.page-not-found */
  async get(store: StoreReader, pageId: string): Promise<PageEntity> {
    const page = await store.rows(PageEntity).findOne({ pageId });
    if (!page) throw contentErrors.error('page-not-found');
    return page;
  }

  /** @throws content.handle-taken, html.too-long, html.too-complex */
  async create(store: StoreWriter, given: PageInput): Promise<Written<PageEntity>> {
    const { input, warnings } = merchantHtml(given, bodyLimit);
    const now = this.clock.now();
    const pageId = newId();
    const handle = toHandle(input.handle ?? input.title, pageId);
    await this.checkFree(store, handle, pageId);
    await store.rows(PageEntity).insert({
      pageId,
      handle,
      title: input.title,
      bodyHtml: input.bodyHtml ?? '',
      templateSuffix: input.templateSuffix ?? null,
      seoTitle: input.seoTitle ?? null,
      seoDescription: input.seoDescription ?? null,
      publishedAt: input.published === false ? null : now,
      search: searchVector({ title: input.title, bodyHtml: input.bodyHtml }),
      createdAt: now,
      updatedAt: now,
      version: 1,
    });
    const page = await this.get(store, pageId);
    store.record({
      action: 'page.created',
      target: { kind: 'page', id: pageId },
      after: { handle, title: page.title },
    });
    store.publish(PageChanged, { pageId });
    return { ...page, warnings };
  }

  /**
   * @throws content.page-not-found, content.handle-taken, html.too-long, html.too-complex, http.version-conflict,
   *   http.version-mismatch
   */
  async update(
    store: StoreWriter,
    pageId: string,
    patch: Partial<PageInput>,
    seen: Seen,
  ): Promise<Written<PageEntity>> {
    const before = await this.get(store, pageId);
    checkVersion(before.version, seen);
    const { input, warnings } = merchantHtml(patch, bodyLimit);
    const { published, handle, ...fields } = input;
    const next = {
      ...fields,
      ...(handle === undefined ? {} : { handle: toHandle(handle, pageId) }),
      ...(published === undefined
        ? {}
        : { publishedAt: published ? (before.publishedAt ?? this.clock.now()) : null }),
    };
    if (next.handle !== undefined) await this.checkFree(store, next.handle, pageId);
    const changed = await store.rows(PageEntity).update(
      { pageId, version: before.version },
      {
        ...next,
        search: searchVector({ ...before, ...fields }),
        updatedAt: this.clock.now(),
        version: before.version + 1,
      },
    );
    if (changed === 0) checkVersion(before.version + 1, { version: before.version });
    const after = await this.get(store, pageId);
    store.record({
      action: 'page.updated',
      target: { kind: 'page', id: pageId },
      ...changedFields<Partial<PageEntity>>(before, after),
    });
    store.publish(PageChanged, { pageId });
    return { ...after, warnings };
  }

  /** @throws content.page-not-found */
  async delete(store: StoreWriter, pageId: string): Promise<void> {
    const page = await this.get(store, pageId);
    await store.rows(PageEntity).delete({ pageId });
    store.record({
      action: 'page.deleted',
      target: { kind: 'page', id: pageId },
      before: { handle: page.handle, title: page.title },
    });
    store.publish(PageChanged, { pageId });
  }

  private async checkFree(store: StoreWriter, handle: string, pageId: string): Promise<void> {
    const holder = await store.rows(PageEntity).findOne({ handle });
    if (holder && holder.pageId !== pageId) {
      throw contentErrors.error('handle-taken', { handle }, { field: 'handle' });
    }
  }
}

/** A title in a script that has no Latin form falls back to the id's tail. */
function toHandle(text: string, id: string): string {
  return slugify(text).slice(0, 100) || `page-${id.slice(-12)}`;
}
