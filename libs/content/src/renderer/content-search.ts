import { Inject, Injectable } from '@nestjs/common';
import type { StoreReader } from '@platform/database';
import type { View } from '@template-engine/context';
import { BlogPages } from './blog-pages';
import { ContentPages, type PageData } from './content-pages';

/** Which part of what was found is wanted. */
export interface SearchWindow {
  kinds: readonly ('page' | 'article')[];
  limit: number;
  offset: number;
}

/** One page or article that was found. */
export type ContentHit =
  { kind: 'page'; page: PageData } | { kind: 'article'; article: View<'article'> };

/** Words of the vector, or of the title alone where there is none yet. */
const vector = `coalesce(t.search, to_tsvector('simple', t.title))`;

/** Pages and articles that have every word of a question. */
@Injectable()
export class ContentSearch {
  constructor(
    @Inject(ContentPages) private readonly pages: ContentPages,
    @Inject(BlogPages) private readonly blogs: BlogPages,
  ) {}

  /**
   * What is published and matches, the best first, and how much there is in all; at most three statements.
   * @param wanted the text of a tsquery
   */
  async find(
    store: StoreReader,
    wanted: string,
    { kinds, limit, offset }: SearchWindow,
  ): Promise<{ count: number; hits: ContentHit[] }> {
    const [found] = await store.query<{ count: number; hits: { kind: string; id: string }[] }>(
      `WITH found AS MATERIALIZED (
         SELECT 'page' AS kind, t.public_id::text AS id, ts_rank(${vector}, $2::tsquery) AS rank FROM pages t
         WHERE t.store_id = $1 AND 'page' = ANY ($3) AND t.published_at <= now() AND ${vector} @@ $2::tsquery
         UNION ALL
         SELECT 'article', t.public_id::text, ts_rank(${vector}, $2::tsquery) FROM articles t
         WHERE t.store_id = $1 AND 'article' = ANY ($3) AND t.published_at <= now() AND ${vector} @@ $2::tsquery)
       SELECT (SELECT count(*)::int FROM found) AS count,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'id', id) ORDER BY place), '[]') FROM (
           SELECT *, row_number() OVER (ORDER BY rank DESC, kind, id) AS place
           FROM found ORDER BY place LIMIT $4 OFFSET $5) f) AS hits`,
      [store.storeId, wanted, kinds, limit, offset],
    );
    const { count, hits } = found ?? { count: 0, hits: [] };
    const ids = (kind: string) => hits.filter((hit) => hit.kind === kind).map(({ id }) => id);
    const pages = await this.pages.pagesByIds(store, ids('page'));
    const articles = await this.blogs.articlesByIds(store, ids('article'));
    return {
      count,
      hits: hits.flatMap(({ kind, id }): ContentHit[] => {
        const page = kind === 'page' ? pages.get(id) : undefined;
        const article = kind === 'article' ? articles.get(id) : undefined;
        if (page) return [{ kind: 'page', page }];
        return article ? [{ kind: 'article', article }] : [];
      }),
    };
  }
}
