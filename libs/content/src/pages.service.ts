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
import { type PolicyKind, type PolicyPage, policyKinds, readPolicies } from './policies.queries';
import { policyName } from './policy-names';

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

/** Ids of the pages that are the store's policies. */
export type PolicyInput = Partial<Record<`${PolicyKind}PageId`, string | null>>;

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

  /**
   * Names of the policies that shoppers can read with their paths, in the order in which they are listed.
   * @param locale of the names
   */
  async policyLinks(store: StoreReader, locale: string): Promise<{ name: string; path: string }[]> {
    return (await readPolicies(store))
      .filter(({ published }) => published)
      .map(({ kind, handle }) => ({ name: policyName(kind, locale), path: `/pages/${handle}` }));
  }

  /** The pages that are the store's policies, also those that are not published. */
  policies(store: StoreReader): Promise<PolicyPage[]> {
    return readPolicies(store);
  }

  /**
   * Says which pages are the store's policies; what is not named is none any more.
   * @throws content.policy-page with the field
   */
  async setPolicies(store: StoreWriter, given: PolicyInput): Promise<PolicyPage[]> {
    const wanted = policyKinds.flatMap((kind) => {
      const pageId = given[`${kind}PageId`] ?? null;
      return pageId === null ? [] : [{ kind, pageId }];
    });
    for (const { kind, pageId } of wanted)
      if (!(await store.rows(PageEntity).findOne({ pageId })))
        throw contentErrors.error('policy-page', { kind }, { field: `${kind}PageId` });
    const before = await readPolicies(store);
    await store.execute('DELETE FROM store_policies WHERE store_id = $1', [store.storeId]);
    for (const { kind, pageId } of wanted)
      await store.execute(
        'INSERT INTO store_policies (store_id, kind, page_id) VALUES ($1, $2, $3)',
        [store.storeId, kind, pageId],
      );
    const after = await readPolicies(store);
    store.record({
      action: 'policies.updated',
      target: { kind: 'store', id: store.storeId },
      before: handlesOf(before),
      after: handlesOf(after),
    });
    return after;
  }

  private async checkFree(store: StoreWriter, handle: string, pageId: string): Promise<void> {
    const holder = await store.rows(PageEntity).findOne({ handle });
    if (holder && holder.pageId !== pageId) {
      throw contentErrors.error('handle-taken', { handle }, { field: 'handle' });
    }
  }
}

function handlesOf(policies: readonly PolicyPage[]): Record<string, string> {
  return Object.fromEntries(policies.map(({ kind, handle }) => [kind, handle]));
}

/** A title in a script that has no Latin form falls back to the id's tail. */
function toHandle(text: string, id: string): string {
  return slugify(text).slice(0, 100) || `page-${id.slice(-12)}`;
}
