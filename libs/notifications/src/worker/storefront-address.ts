import { Inject, Injectable } from '@nestjs/common';
import { Pages } from '@libs/content';
import { ShopAddress } from '@libs/domains';
import { type Store, Stores } from '@libs/stores';
import type { StoreReader } from '@platform/database';

/** A store and where it is. */
export interface ShopPlace {
  shop: Store;
  home: string;
  policies: { text: string; href: string }[];
}

/** A store as its mails name it. */
@Injectable()
export class StorefrontAddress {
  constructor(
    @Inject(Stores) private readonly stores: Stores,
    @Inject(ShopAddress) private readonly address: ShopAddress,
    @Inject(Pages) private readonly pages: Pages,
  ) {}

  /**
   * The store of the reader with what its links begin with, without a slash at the end; and its policies, for the end of
   * a mail.
   */
  async of(store: StoreReader, locale: string): Promise<ShopPlace> {
    const shop = await this.stores.get(store);
    const home = await this.address.urlOf(store, '', locale);
    const policies = await this.pages.policyLinks(store, locale);
    return {
      shop,
      home,
      policies: policies.map(({ name, path }) => ({ text: name, href: home + path })),
    };
  }
}
