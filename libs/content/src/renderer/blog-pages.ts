import { Inject, Injectable } from '@nestjs/common';
import { Images, type ReadyImage, imageView } from '@libs/media';
import type { StoreReader } from '@platform/database';
import type { View } from '@template-engine/context';

/** What a page says of a blog or article beside the object itself. */
export interface PageWords {
  templateSuffix: string | null;
  seoTitle: string | null;
  seoDescription: string | null;
}

/** Which articles of a blog a page shows. */
export interface ArticleWindow {
  /** Only those with this tag; null for all. */
  tag: string | null;
  /** From 1. */
  page: number;
  size: number;
}

interface ArticleRow {
  id: string;
  handle: string;
  title: string;
  author: string;
  excerpt: string;
  content: string;
  tags: string[];
  mediaId: string | null;
  publishedAt: string | null;
  blog: { handle: string; title: string };
}

interface BlogRow {
  id: string;
  handle: string;
  title: string;
  tags: string[];
  count: number;
  articles: ArticleRow[];
}

const wordsJson = (table: string) => `jsonb_build_object('templateSuffix', ${table}.template_suffix,
  'seoTitle', ${table}.seo_title, 'seoDescription', ${table}.seo_description)`;

const articleJson = `jsonb_build_object('id', a.public_id::text, 'handle', a.handle, 'title', a.title,
  'author', a.author, 'excerpt', a.excerpt_html, 'content', a.body_html, 'tags', a.tags, 'mediaId', a.media_id,
  'publishedAt', to_char(a.published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
  'blog', jsonb_build_object('handle', b.handle, 'title', b.title))`;

const own = `a.store_id = b.store_id AND a.blog_id = b.blog_id AND a.published_at <= now()`;

/** A blog with the newest of its articles, over `blogs b`. The parts are SQL. */
const blogJson = (tagged: string, limit: string, offset: string) => `jsonb_build_object(
  'id', b.public_id::text, 'handle', b.handle, 'title', b.title,
  'tags', (SELECT coalesce(jsonb_agg(DISTINCT tag), '[]') FROM articles a, unnest(a.tags) tag WHERE ${own}),
  'count', (SELECT count(*) FROM articles a WHERE ${own}${tagged}),
  'articles', (SELECT coalesce(jsonb_agg(${articleJson} ORDER BY a.published_at DESC, a.article_id DESC), '[]')
    FROM (SELECT * FROM articles a WHERE ${own}${tagged} ORDER BY a.published_at DESC, a.article_id DESC
      LIMIT ${limit} OFFSET ${offset}) a))`;

/** Blogs and articles for the storefront: one statement for the words, one for the pictures. */
@Injectable()
export class BlogPages {
  constructor(@Inject(Images) private readonly images: Images) {}

  /** A blog with one page of its articles, newest first; null when there is none of that handle. */
  async blogPage(
    store: StoreReader,
    handle: string,
    { tag, page, size }: ArticleWindow,
  ): Promise<{ blog: View<'blog'>; words: PageWords } | null> {
    const tagged = ' AND ($5::text IS NULL OR $5 = ANY (a.tags))';
    const [found] = await store.query<{ blog: BlogRow; words: PageWords }>(
      `SELECT ${blogJson(tagged, '$3', '$4')} AS blog, ${wordsJson('b')} AS words
       FROM blogs b WHERE b.store_id = $1 AND b.handle = $2`,
      [store.storeId, handle, size, (page - 1) * size, tag],
    );
    if (!found) return null;
    const [blog] = await this.blogViews(store, [found.blog]);
    return blog ? { blog, words: found.words } : null;
  }

  /** A published article with its blog, whose newest articles stand beside it. */
  async articlePage(
    store: StoreReader,
    blogHandle: string,
    handle: string,
  ): Promise<{ article: View<'article'>; blog: View<'blog'>; words: PageWords } | null> {
    const [found] = await store.query<{ article: ArticleRow; blog: BlogRow; words: PageWords }>(
      `SELECT ${articleJson} AS article, ${blogJson('', '6', '0')} AS blog, ${wordsJson('a')} AS words
       FROM blogs b JOIN articles a ON ${own} AND a.handle = $3
       WHERE b.store_id = $1 AND b.handle = $2`,
      [store.storeId, blogHandle, handle],
    );
    if (!found) return null;
    const images = await this.ready(store, [found.article, ...found.blog.articles]);
    const article = articleView(found.article, images);
    return { article, blog: blogView(found.blog, images), words: found.words };
  }

  /** Blogs by handle or public id with their newest articles; those that are gone are missing. */
  async blogsByRefs(
    store: StoreReader,
    refs: readonly string[],
    limit: number,
  ): Promise<Map<string, View<'blog'>>> {
    const rows = await store.query<{ blog: BlogRow }>(
      `SELECT ${blogJson('', '$3', '0')} AS blog FROM blogs b
       WHERE b.store_id = $1 AND (b.handle = ANY ($2) OR b.public_id::text = ANY ($2))`,
      [store.storeId, refs, limit],
    );
    const views = await this.blogViews(
      store,
      rows.map(({ blog }) => blog),
    );
    return new Map(
      views.flatMap((blog) => [[blog.id, blog] as const, [blog.handle, blog] as const]),
    );
  }

  /** Published articles by `<blog>/<article>` or public id; those that are gone are missing. */
  async articlesByRefs(
    store: StoreReader,
    refs: readonly string[],
  ): Promise<Map<string, View<'article'>>> {
    const rows = await store.query<{ article: ArticleRow }>(
      `SELECT ${articleJson} AS article FROM blogs b JOIN articles a ON ${own}
       WHERE b.store_id = $1 AND (b.handle || '/' || a.handle = ANY ($2) OR a.public_id::text = ANY ($2))`,
      [store.storeId, refs],
    );
    const articles = rows.map(({ article }) => article);
    const images = await this.ready(store, articles);
    return new Map(
      articles.flatMap((row) => {
        const view = articleView(row, images);
        return [[view.id, view] as const, [`${row.blog.handle}/${row.handle}`, view] as const];
      }),
    );
  }

  /** Published articles by public id. */
  async articlesByIds(store: StoreReader, ids: string[]): Promise<Map<string, View<'article'>>> {
    if (ids.length === 0) return new Map();
    const rows = await store.query<{ article: ArticleRow }>(
      `SELECT ${articleJson} AS article FROM blogs b JOIN articles a ON ${own}
       WHERE b.store_id = $1 AND a.public_id = ANY ($2::bigint[])`,
      [store.storeId, ids],
    );
    const articles = rows.map(({ article }) => article);
    const images = await this.ready(store, articles);
    return new Map(articles.map((row) => [row.id, articleView(row, images)]));
  }

  /** What the sitemap lists: blogs and their articles. */
  sitemapEntries(store: StoreReader): Promise<{ url: string; updated_at: Date }[]> {
    return store.query(
      `SELECT '/blogs/' || b.handle AS url, b.updated_at FROM blogs b WHERE b.store_id = $1
       UNION ALL
       SELECT '/blogs/' || b.handle || '/' || a.handle, a.updated_at FROM blogs b JOIN articles a ON ${own}
       WHERE b.store_id = $1 ORDER BY 1 LIMIT 5000`,
      [store.storeId],
    );
  }

  private async blogViews(store: StoreReader, rows: readonly BlogRow[]): Promise<View<'blog'>[]> {
    const images = await this.ready(
      store,
      rows.flatMap(({ articles }) => articles),
    );
    return rows.map((row) => blogView(row, images));
  }

  private async ready(
    store: StoreReader,
    articles: readonly ArticleRow[],
  ): Promise<Map<string, ReadyImage>> {
    const ids = [
      ...new Set(articles.flatMap(({ mediaId }) => (mediaId === null ? [] : [mediaId]))),
    ];
    return ids.length === 0 ? new Map() : this.images.ready(store, ids);
  }
}

function blogView(row: BlogRow, images: ReadonlyMap<string, ReadyImage>): View<'blog'> {
  const { id, handle, title, tags, count } = row;
  const articles = row.articles.map((article) => articleView(article, images));
  return { id, handle, title, url: blogUrl(handle), tags, articles, articles_count: count };
}

function articleView(row: ArticleRow, images: ReadonlyMap<string, ReadyImage>): View<'article'> {
  const { mediaId, publishedAt, blog, ...words } = row;
  const image = mediaId === null ? undefined : images.get(mediaId);
  return {
    ...words,
    url: `${blogUrl(blog.handle)}/${encodeURIComponent(row.handle)}`,
    image: image && mediaId !== null ? imageView(mediaId, image, row.title) : null,
    published_at: publishedAt,
    blog: { ...blog, url: blogUrl(blog.handle) },
    metafields: {},
  };
}

function blogUrl(handle: string): string {
  return `/blogs/${encodeURIComponent(handle)}`;
}
