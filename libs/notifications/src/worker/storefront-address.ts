import { Inject, Injectable } from '@nestjs/common';
import { Hostnames } from '@libs/domains';
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

  /** The store of the reader with the origin that its links begin with: its own name, or that of the platform. */
  async of(store: StoreReader): Promise<{ shop: Store; origin: string }> {
    const shop = await this.stores.get(store);
    const hosts = await this.hostnames.listHostnames(store);
    const primary = hosts.find((host) => host.primary)?.hostname ?? null;
    const { platformZone, publicPort, tlsPublicPort } = this.config.shop;
    const origin =
      primary === null
        ? `http://${shop.handle}.${platformZone}${port(publicPort, 80)}`
        : `https://${primary}${port(tlsPublicPort, 443)}`;
    return { shop, origin };
  }
}

function port(number: number, usual: number): string {
  return number === usual ? '' : `:${number}`;
}
