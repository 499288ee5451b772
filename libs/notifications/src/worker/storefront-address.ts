import { Inject, Injectable } from '@nestjs/common';
import { Pages } from '@libs/content';
import { Hostnames } from '@libs/domains';
import { localePath } from '@libs/kernel';
import { type Store, Stores } from '@libs/stores';
import { CONFIG, type Config } from '@platform/config';
import type { StoreReader } from '@platform/database';

/** A store and where it is. */
interface ShopPlace {
  shop: Store;
  home: string;
  policies: { text: string; href: string }[];
}

/** Where shoppers reach a store. */
@Injectable()
export class StorefrontAddress {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Stores) private readonly stores: Stores,
    @Inject(Hostnames) private readonly hostnames: Hostnames,
    @Inject(Pages) private readonly pages: Pages,
  ) {}

  /**
   * The store of the reader with what its links begin with, without a slash at the end: its own name, or that of the
   * platform, and the language where the store has it beside its first one; and its policies, for the end of a mail.
   */
  async of(store: StoreReader, locale: string): Promise<ShopPlace> {
    const shop = await this.stores.get(store);
    const hosts = await this.hostnames.listHostnames(store);
    const primary = hosts.find((host) => host.primary)?.hostname ?? null;
    const { platformZone, publicPort, tlsPublicPort } = this.config.shop;
    const origin =
      primary === null
        ? `http://${shop.handle}.${platformZone}${port(publicPort, 80)}`
        : `https://${primary}${port(tlsPublicPort, 443)}`;
    const home = origin + localePath(shop, locale);
    const policies = await this.pages.policyLinks(store, locale);
    return {
      shop,
      home,
      policies: policies.map(({ name, path }) => ({ text: name, href: home + path })),
    };
  }
}

function port(number: number, usual: number): string {
  return number === usual ? '' : `:${number}`;
}
