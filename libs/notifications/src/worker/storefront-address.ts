import { Inject, Injectable } from '@nestjs/common';
import { Hostnames } from '@libs/domains';
import { localePath } from '@libs/kernel';
import { type Store, Stores } from '@libs/stores';
import { CONFIG, type Config } from '@platform/config';
import type { StoreReader } from '@platform/database';

/** Where shoppers reach a store. */
@Injectable()
export class StorefrontAddress {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Stores) private readonly stores: Stores,
    @Inject(Hostnames) private readonly hostnames: Hostnames,
  ) {}

  /**
   * The store of the reader with what its links begin with, without a slash at the end: its own name, or that of the
   * platform, and the language where the store has it beside its first one.
   */
  async of(store: StoreReader, locale: string): Promise<{ shop: Store; home: string }> {
    const shop = await this.stores.get(store);
    const hosts = await this.hostnames.listHostnames(store);
    const primary = hosts.find((host) => host.primary)?.hostname ?? null;
    const { platformZone, publicPort, tlsPublicPort } = this.config.shop;
    const origin =
      primary === null
        ? `http://${shop.handle}.${platformZone}${port(publicPort, 80)}`
        : `https://${primary}${port(tlsPublicPort, 443)}`;
    return { shop, home: origin + localePath(shop, locale) };
  }
}

function port(number: number, usual: number): string {
  return number === usual ? '' : `:${number}`;
}
