import { Inject, Injectable } from '@nestjs/common';
import slugify from '@sindresorhus/slugify';
import { MoreThan } from 'typeorm';
import { type Clock, newId } from '@libs/kernel';
import { CLOCK } from '@libs/platform';
import { changedFields } from '@platform/audit';
import type { StoreReader, StoreWriter } from '@platform/database';
import { checkVersion } from '@platform/http';
import { contentErrors } from './content.errors';
import { BlogChanged } from './content.events';
import type { Seen } from './pages.service';
import { BlogEntity } from './blog.entity';

/** What a merchant gives for a blog. */
export interface BlogInput {
  title: string;
  handle?: string;
  templateSuffix?: string | null;
  seoTitle?: string | null;
  seoDescription?: string | null;
}

/** Blogs: each a list of articles. */
@Injectable()
export class Blogs {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** The blogs, oldest first. */
  list(
    store: StoreReader,
    { limit, after }: { limit: number; after: string | null },
  ): Promise<BlogEntity[]> {
    return store.rows(BlogEntity).find(after === null ? {} : { blogId: MoreThan(after) }, {
      order: { blogId: 'ASC' },
      take: limit,
    });
  }

  /** @throws content.blog-not-found */
  async get(store: StoreReader, blogId: string): Promise<BlogEntity> {
    const blog = await store.rows(BlogEntity).findOne({ blogId });
    if (!blog) throw contentErrors.error('blog-not-found');
    return blog;
  }

  /** @throws content.handle-taken */
  async create(store: StoreWriter, input: BlogInput): Promise<BlogEntity> {
    const now = this.clock.now();
    const blogId = newId();
    const handle = handleOf(input.handle ?? input.title, 'blog', blogId);
    await this.checkFree(store, handle, blogId);
    await store.rows(BlogEntity).insert({
      blogId,
      handle,
      title: input.title,
      templateSuffix: input.templateSuffix ?? null,
      seoTitle: input.seoTitle ?? null,
      seoDescription: input.seoDescription ?? null,
      createdAt: now,
      updatedAt: now,
      version: 1,
    });
    const blog = await this.get(store, blogId);
    store.record({
      action: 'blog.created',
      target: { kind: 'blog', id: blogId },
      after: { handle, title: blog.title },
    });
    store.publish(BlogChanged, { blogId });
    return blog;
  }

  /** @throws content.blog-not-found, content.handle-taken, http.version-conflict, http.version-mismatch */
  async update(
    store: StoreWriter,
    blogId: string,
    patch: Partial<BlogInput>,
    seen: Seen,
  ): Promise<BlogEntity> {
    const before = await this.get(store, blogId);
    checkVersion(before.version, seen);
    const { handle, ...fields } = patch;
    const next = {
      ...fields,
      ...(handle === undefined ? {} : { handle: handleOf(handle, 'blog', blogId) }),
    };
    if (next.handle !== undefined) await this.checkFree(store, next.handle, blogId);
    const changed = await store
      .rows(BlogEntity)
      .update(
        { blogId, version: before.version },
        { ...next, updatedAt: this.clock.now(), version: before.version + 1 },
      );
    if (changed === 0) checkVersion(before.version + 1, { version: before.version });
    const after = await this.get(store, blogId);
    store.record({
      action: 'blog.updated',
      target: { kind: 'blog', id: blogId },
      ...changedFields<Partial<BlogEntity>>(before, after),
    });
    store.publish(BlogChanged, { blogId });
    return after;
  }

  /** @throws content.blog-not-found */
  async delete(store: StoreWriter, blogId: string): Promise<void> {
    const blog = await this.get(store, blogId);
    await store.rows(BlogEntity).delete({ blogId });
    store.record({
      action: 'blog.deleted',
      target: { kind: 'blog', id: blogId },
      before: { handle: blog.handle, title: blog.title },
    });
    store.publish(BlogChanged, { blogId });
  }

  private async checkFree(store: StoreWriter, handle: string, blogId: string): Promise<void> {
    const holder = await store.rows(BlogEntity).findOne({ handle });
    if (holder && holder.blogId !== blogId) {
      throw contentErrors.error('handle-taken', { handle }, { field: 'handle' });
    }
  }
}

/** A title in a script that has no Latin form falls back to the id's tail. */
export function handleOf(text: string, kind: string, id: string): string {
  return slugify(text).slice(0, 100) || `${kind}-${id.slice(-12)}`;
}
