import { Injectable } from '@nestjs/common';
import type { StoreReader } from '@platform/database';
import { type PolicyKind, readPolicies } from '../policies.queries';
import { policyName } from '../policy-names';

/** A page as a theme sees it. */
export interface PageData {
  /** The public id. */
  id: string;
  handle: string;
  title: string;
  content: string;
  url: string;
  template_suffix: string | null;
  seo_title: string | null;
  seo_description: string | null;
  published_at: string;
}

/** A menu as a theme sees it: links, at most three levels. */
export interface MenuData {
  handle: string;
  title: string;
  links: LinkData[];
}

/** One link of a menu. */
export interface LinkData {
  title: string;
  url: string;
  links: LinkData[];
}

interface StoredItem {
  title: string;
  link: string;
  items: StoredItem[];
}

const columns = `public_id::text AS id, handle, title, body_html AS content, '/pages/' || handle AS url, template_suffix,
  seo_title, seo_description, to_char(published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS published_at`;

/** Pages and menus for the storefront; one statement each, whatever their number. */
@Injectable()
export class ContentPages {
  /** The published page of that handle, or null. */
  async page(store: StoreReader, handle: string): Promise<PageData | null> {
    const [page] = await store.query<PageData>(
      `SELECT ${columns} FROM pages WHERE store_id = $1 AND handle = $2 AND published_at <= now()`,
      [store.storeId, handle],
    );
    return page ?? null;
  }

  /** Published pages by handle or public id, as a theme's setting names them; those that are gone are missing. */
  async pagesByRefs(store: StoreReader, refs: string[]): Promise<Map<string, PageData>> {
    const pages = await store.query<PageData>(
      `SELECT ${columns} FROM pages
       WHERE store_id = $1 AND (handle = ANY ($2) OR public_id::text = ANY ($2)) AND published_at <= now()`,
      [store.storeId, refs],
    );
    return new Map(
      pages.flatMap((page) => [[page.handle, page] as const, [page.id, page] as const]),
    );
  }

  /** Published pages by public id. */
  async pagesByIds(store: StoreReader, ids: string[]): Promise<Map<string, PageData>> {
    if (ids.length === 0) return new Map();
    const pages = await store.query<PageData>(
      `SELECT ${columns} FROM pages
       WHERE store_id = $1 AND public_id = ANY ($2::bigint[]) AND published_at <= now()`,
      [store.storeId, ids],
    );
    return new Map(pages.map((page) => [page.id, page]));
  }

  /**
   * Published pages that are the store's policies, in the order in which they are listed.
   * @param locale of what they are called
   */
  async policies(
    store: StoreReader,
    locale: string,
  ): Promise<{ kind: PolicyKind; name: string; url: string }[]> {
    const named = await readPolicies(store);
    return named
      .filter(({ published }) => published)
      .map(({ kind, handle }) => ({
        kind,
        name: policyName(kind, locale),
        url: `/pages/${handle}`,
      }));
  }

  /** Every menu of the store by handle: themes reach them as `@menus.<handle>`. */
  async menus(store: StoreReader): Promise<Record<string, MenuData>> {
    const rows = await store.query<{ handle: string; title: string; items: StoredItem[] }>(
      'SELECT handle, title, items FROM menus WHERE store_id = $1 LIMIT 200',
      [store.storeId],
    );
    return Object.fromEntries(
      rows.map(({ handle, title, items }) => [handle, { handle, title, links: toLinks(items) }]),
    );
  }

  /** What the sitemap lists. */
  sitemapEntries(store: StoreReader): Promise<{ url: string; updated_at: Date }[]> {
    return store.query(
      `SELECT '/pages/' || handle AS url, updated_at FROM pages
       WHERE store_id = $1 AND published_at <= now() ORDER BY page_id LIMIT 5000`,
      [store.storeId],
    );
  }
}

function toLinks(items: StoredItem[]): LinkData[] {
  return items.map(({ title, link, items: children }) => ({
    title,
    url: link,
    links: toLinks(children),
  }));
}
