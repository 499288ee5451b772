import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { type MarketTerms, openMarkets } from '@renderer/catalog';
import type { MenuData } from '@renderer/content';
import type { ShopData } from '@renderer/stores';
import type { LiveVersion } from '@renderer/themes';
import type { StoreReader } from '@platform/database';
import { PageFaces } from './page-faces';

/** What every page of a store needs, whatever it is about. */
export interface PageFrame {
  shop: ShopData;
  /** Null while the store has published no theme. */
  live: LiveVersion | null;
  menus: Record<string, MenuData>;
  /** Where it sells in another currency, or under another rule, than at home. */
  markets: MarketTerms[];
}

/** A frame takes a few kilobytes. */
const mostFrames = 5_000;

/**
 * The frames of stores, by the stamp of the snapshot. Every change of settings, theme or menus raises the stamp in its
 * own transaction, and the stamp's row is locked until that commits: two snapshots with the same stamp hold the same
 * frame, so it is read once.
 */
@Injectable()
export class PageFrames {
  private readonly frames = new LRUCache<string, PageFrame>({ max: mostFrames });

  constructor(@Inject(PageFaces) private readonly faces: PageFaces) {}

  /** The frame of the reader's snapshot; null for a store that is gone. */
  async frameOf(store: StoreReader): Promise<PageFrame | null> {
    const { stores, themes, content } = this.faces;
    const key = `${store.storeId}|${await stores.stampIn(store)}`;
    const known = this.frames.get(key);
    if (known) return known;
    const shop = await stores.shop(store);
    if (!shop) return null;
    const live = await themes.live(store);
    const menus = await content.menus(store);
    const frame = { shop, live, menus, markets: await openMarkets(store, shop) };
    this.frames.set(key, frame);
    return frame;
  }
}
