import { Inject, Injectable } from '@nestjs/common';
import { AbandonedCheckouts } from '@libs/checkout';
import { Hostnames } from '@libs/domains';
import { Stores } from '@libs/stores';
import { CONFIG, type Config } from '@platform/config';
import type { StoreReader } from '@platform/database';

/** The addresses of stores' own pages, for links in mails. */
@Injectable()
export class StoreOrigins {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Stores) private readonly stores: Stores,
    @Inject(Hostnames) private readonly hostnames: Hostnames,
    @Inject(AbandonedCheckouts) private readonly checkouts: AbandonedCheckouts,
  ) {}

  /** Where a checkout goes on, the store's name, and who answers. */
  async checkout(
    store: StoreReader,
    checkoutId: string,
  ): Promise<{ href: string; shop: string; replyTo: string | undefined }> {
    const { name, handle, email } = await this.stores.get(store);
    const hosts = await this.hostnames.listHostnames(store);
    const primary = hosts.find((host) => host.primary)?.hostname ?? null;
    const { platformZone, publicPort, tlsPublicPort } = this.config.shop;
    const origin =
      primary === null
        ? `http://${handle}.${platformZone}${port(publicPort, 80)}`
        : `https://${primary}${port(tlsPublicPort, 443)}`;
    const href = `${origin}${this.checkouts.pathOf(store, checkoutId)}`;
    return { href, shop: name, replyTo: email ?? undefined };
  }
}

function port(number: number, usual: number): string {
  return number === usual ? '' : `:${number}`;
}
