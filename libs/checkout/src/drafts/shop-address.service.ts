import { Inject, Injectable } from '@nestjs/common';
import { Hostnames } from '@libs/domains';
import { CONFIG, type Config } from '@platform/config';
import type { StoreReader } from '@platform/database';
import { readStoreDefaults } from './store-defaults.queries';

/** Where shoppers find a store. */
@Injectable()
export class ShopAddress {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Hostnames) private readonly hostnames: Hostnames,
  ) {}

  /**
   * The whole address of a path of the shop: at its own hostname, else at the platform's.
   * @param locale the language of the page, where the store has it beside its first one
   */
  async urlOf(store: StoreReader, path: string, locale: string): Promise<string> {
    const { platformZone, publicPort, tlsPublicPort } = this.config.shop;
    const hosts = await this.hostnames.listHostnames(store);
    const primary = hosts.find((host) => host.primary)?.hostname;
    const { handle, locale: first, otherLocales } = await readStoreDefaults(store);
    const inLocale = locale !== first && otherLocales.includes(locale) ? `/${locale}${path}` : path;
    if (primary !== undefined) return `https://${primary}${port(tlsPublicPort, 443)}${inLocale}`;
    return `http://${handle}.${platformZone}${port(publicPort, 80)}${inLocale}`;
  }
}

function port(number: number, usual: number): string {
  return number === usual ? '' : `:${number}`;
}
