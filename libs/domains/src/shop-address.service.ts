import { Inject, Injectable } from '@nestjs/common';
import { localePath } from '@libs/kernel';
import { Stores } from '@libs/stores';
import { CONFIG, type Config } from '@platform/config';
import type { StoreReader } from '@platform/database';
import { Hostnames } from './hostnames.service';

/** Where shoppers find a store. */
@Injectable()
export class ShopAddress {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Stores) private readonly stores: Stores,
    @Inject(Hostnames) private readonly hostnames: Hostnames,
  ) {}

  /**
   * The whole address of a path of the shop: at its own hostname, else at the platform's.
   * @param path with its slash; empty for what all addresses in the language begin with
   * @param locale the language of the page, where the store has it beside its first one
   * @throws stores.store-not-found
   */
  async urlOf(store: StoreReader, path: string, locale: string): Promise<string> {
    const { platformZone, publicPort, tlsPublicPort } = this.config.shop;
    const hosts = await this.hostnames.listHostnames(store);
    const primary = hosts.find((host) => host.primary)?.hostname;
    const shop = await this.stores.get(store);
    const whole = localePath(shop, locale) + path;
    if (primary !== undefined) return `https://${primary}${port(tlsPublicPort, 443)}${whole}`;
    return `http://${shop.handle}.${platformZone}${port(publicPort, 80)}${whole}`;
  }
}

function port(number: number, usual: number): string {
  return number === usual ? '' : `:${number}`;
}
