import { Inject, Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { Images } from '@libs/media';
import { type Clock, merchantHtml, newId, searchVector } from '@libs/kernel';
import { CLOCK } from '@libs/platform';
import { changedFields } from '@platform/audit';
import type { StoreReader, StoreWriter } from '@platform/database';
import { checkVersion } from '@platform/http';
import { contentErrors } from './content.errors';
import { BlogChanged } from './content.events';
import type { Seen } from './pages.service';
import { handleOf } from './blogs.service';
import { BlogEntity } from './blog.entity';
import { type Written, articleLimits } from './html-limits';
import { ArticleEntity } from './article.entity';

/** What a merchant gives for an article. */
export interface ArticleInput {
  title: string;
  handle?: string;
  author?: string;
  excerptHtml?: string;
  bodyHtml?: string;
  tags?: string[];
  mediaId?: string | null;
  templateSuffix?: string | null;
  seoTitle?: string | null;
  seoDescription?: string | null;
  published?: boolean;
}

/** Which article. */
export interface ArticleRef {
  blogId: string;
  articleId: string;
}

/** The articles of blogs. */
@Injectable()
export class Articles {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Images) private readonly images: Images,
  ) {}

  /** The articles of a blog, oldest first. @throws content.blog-not-found */
  async list(
    store: StoreReader,
    blogId: string,
    { limit, after }: { limit: number; after: string | null },
  ): Promise<ArticleEntity[]> {
    await this.checkBlog(store, blogId);
    return store.rows(ArticleEntity).find(
      { blogId, ...(after === null ? {} : { articleId: MoreThan(after) }) },
      {
        order: { articleId: 'ASC' },
        take: limit,
      },
    );
  }

  /** @throws content.article-not-found */
  async get(store: StoreReader, blogId: string, articleId: string): Promise<ArticleEntity> {
    const article = await store.rows(ArticleEntity).findOne({ blogId, articleId });
    if (!article) throw contentErrors.error('article-not-found');
    return article;
  }

  /** @throws content.blog-not-found, content.handle-taken, content.image-not-found, html.too-long, html.too-complex */
  async create(
    store: StoreWriter,
    blogId: string,
    given: ArticleInput,
  ): Promise<Written<ArticleEntity>> {
    const { input, warnings } = merchantHtml(given, articleLimits);
    const now = this.clock.now();
    const articleId = newId();
    await this.checkTargets(store, blogId, input.mediaId);
    const handle = handleOf(input.handle ?? input.title, 'article', articleId);
    await this.checkFree(store, handle, { blogId, articleId });
    await store.rows(ArticleEntity).insert({
      articleId,
      blogId,
      handle,
      title: input.title,
      author: input.author ?? '',
      excerptHtml: input.excerptHtml ?? '',
      bodyHtml: input.bodyHtml ?? '',
      tags: input.tags ?? [],
      mediaId: input.mediaId ?? null,
      templateSuffix: input.templateSuffix ?? null,
      seoTitle: input.seoTitle ?? null,
      seoDescription: input.seoDescription ?? null,
      publishedAt: input.published === false ? null : now,
      search: searchOf({ author: '', tags: [], excerptHtml: '', bodyHtml: '', ...input }),
      createdAt: now,
      updatedAt: now,
      version: 1,
    });
    const article = await this.get(store, blogId, articleId);
    store.record({
      action: 'article.created',
      target: { kind: 'article', id: articleId },
      after: { handle, title: article.title },
    });
    store.publish(BlogChanged, { blogId });
    return { ...article, warnings };
  }

  /**
   * @throws content.article-not-found, content.handle-taken, html.too-long, html.too-complex, http.version-conflict,
   *   http.version-mismatch
   */
  async update(
    store: StoreWriter,
    { blogId, articleId }: ArticleRef,
    patch: Partial<ArticleInput>,
    seen: Seen,
  ): Promise<Written<ArticleEntity>> {
    const before = await this.get(store, blogId, articleId);
    checkVersion(before.version, seen);
    await this.checkTargets(store, blogId, patch.mediaId);
    const { input, warnings } = merchantHtml(patch, articleLimits);
    const { published, handle, ...fields } = input;
    const next = {
      ...fields,
      ...(handle === undefined ? {} : { handle: handleOf(handle, 'article', articleId) }),
      ...(published === undefined
        ? {}
        : { publishedAt: published ? (before.publishedAt ?? this.clock.now()) : null }),
    };
    if (next.handle !== undefined) await this.checkFree(store, next.handle, { blogId, articleId });
    const changed = await store.rows(ArticleEntity).update(
      { articleId, version: before.version },
      {
        ...next,
        search: searchOf({ ...before, ...fields }),
        updatedAt: this.clock.now(),
        version: before.version + 1,
      },
    );
    if (changed === 0) checkVersion(before.version + 1, { version: before.version });
    const after = await this.get(store, blogId, articleId);
    store.record({
      action: 'article.updated',
      target: { kind: 'article', id: articleId },
      ...changedFields<Partial<ArticleEntity>>(before, after),
    });
    store.publish(BlogChanged, { blogId });
    return { ...after, warnings };
  }

  /** @throws content.article-not-found */
  async delete(store: StoreWriter, { blogId, articleId }: ArticleRef): Promise<void> {
    const article = await this.get(store, blogId, articleId);
    await store.rows(ArticleEntity).delete({ articleId });
    store.record({
      action: 'article.deleted',
      target: { kind: 'article', id: articleId },
      before: { handle: article.handle, title: article.title },
    });
    store.publish(BlogChanged, { blogId });
  }

  /** The blogs with an article that has this picture. */
  async blogsShowing(store: StoreReader, mediaId: string): Promise<string[]> {
    const rows = await store.query<{ blogId: string }>(
      'SELECT DISTINCT blog_id AS "blogId" FROM articles WHERE store_id = $1 AND media_id = $2',
      [store.storeId, mediaId],
    );
    return rows.map(({ blogId }) => blogId);
  }

  private async checkTargets(
    store: StoreWriter,
    blogId: string,
    mediaId: string | null | undefined,
  ): Promise<void> {
    await this.checkBlog(store, blogId);
    if (mediaId == null) return;
    const images = await this.images.find(store, [mediaId]);
    if (images.length === 0) throw contentErrors.error('image-not-found', {}, { field: 'mediaId' });
  }

  private async checkBlog(store: StoreReader, blogId: string): Promise<void> {
    if (!(await store.rows(BlogEntity).findOne({ blogId }))) {
      throw contentErrors.error('blog-not-found');
    }
  }

  private async checkFree(
    store: StoreWriter,
    handle: string,
    { blogId, articleId }: ArticleRef,
  ): Promise<void> {
    const holder = await store.rows(ArticleEntity).findOne({ blogId, handle });
    if (holder && holder.articleId !== articleId) {
      throw contentErrors.error('handle-taken', { handle }, { field: 'handle' });
    }
  }
}

function searchOf({
  title,
  author,
  tags,
  excerptHtml,
  bodyHtml,
}: Pick<ArticleEntity, 'title' | 'author' | 'tags' | 'excerptHtml' | 'bodyHtml'>): string {
  return searchVector({ title, labels: [...tags, author], bodyHtml: `${excerptHtml} ${bodyHtml}` });
}
