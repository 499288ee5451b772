import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { HostDirectory } from '@renderer/domains';
import { StorefrontStores } from '@renderer/stores';
import { CONFIG, type Config } from '@platform/config';
import { Log } from '@platform/telemetry';

/** Where a host leads. */
export type Site =
  | {
      kind: 'store';
      storeId: string;
      host: string;
      /** Whether this very host has a certificate. */
      isSecure: boolean;
      /** The host that links and redirects name; the request's own when it is the primary one. */
      primaryHost: string;
      /** Whether that host answers over HTTPS. */
      primaryIsSecure: boolean;
    }
  | { kind: 'suspended' | 'gone' | 'nobody' };

/** A lookup that failed because the database did not answer, which must not look like an unknown host. */
export type Resolution = Site | { kind: 'unknown' };

interface Remembered {
  site: Site;
  at: number;
}

const softMs = 5_000;
const hardMs = 60_000;
const nobody: Site = { kind: 'nobody' };

/**
 * From host to store. A known answer is used for five seconds, and for a minute while the database is down; hosts that
 * nobody holds have a memory of their own, so that a scan cannot push good ones out (domains.md, 6.2).
 */
@Injectable()
export class StoreResolver {
  private readonly known = new LRUCache<string, Remembered>({ max: 50_000 });
  private readonly unknown = new LRUCache<string, Remembered>({ max: 10_000, ttl: softMs });
  private readonly loading = new Map<string, Promise<Site>>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(HostDirectory) private readonly hosts: HostDirectory,
    @Inject(StorefrontStores) private readonly stores: StorefrontStores,
    @Inject(Log) private readonly log: Log,
  ) {}

  /** @param host lower-case name without port */
  async resolve(host: string): Promise<Resolution> {
    const remembered = this.known.get(host) ?? this.unknown.get(host);
    const age = remembered ? performance.now() - remembered.at : Infinity;
    if (remembered && age < softMs) return remembered.site;
    try {
      return await this.load(host);
    } catch (error) {
      this.log.warn({ err: error, host }, 'could not look up a host');
      return remembered && age < hardMs ? remembered.site : { kind: 'unknown' };
    }
  }

  /** Forgets everything, when messages about changes may have been missed. */
  forget(): void {
    this.known.clear();
    this.unknown.clear();
  }

  private load(host: string): Promise<Site> {
    const running = this.loading.get(host);
    if (running) return running;
    const load = this.lookUp(host)
      .then((site) => {
        const cache = site.kind === 'nobody' ? this.unknown : this.known;
        (cache === this.known ? this.unknown : this.known).delete(host);
        cache.set(host, { site, at: performance.now() });
        return site;
      })
      .finally(() => this.loading.delete(host));
    this.loading.set(host, load);
    return load;
  }

  private async lookUp(host: string): Promise<Site> {
    const handle = this.handleOf(host);
    return handle === null ? this.customHost(host) : this.platformHost(host, handle);
  }

  private async platformHost(host: string, handle: string): Promise<Site> {
    const store = await this.stores.findByHandle(handle);
    if (!store || store.state === 'closed') return nobody;
    if (store.state === 'suspended') return { kind: 'suspended' };
    const primary = await this.hosts.primaryHostOf(store.storeId);
    const entry = primary === null ? null : await this.hosts.lookup(primary);
    const serves = entry?.serves === 'https';
    return {
      kind: 'store',
      storeId: store.storeId,
      host,
      isSecure: false,
      primaryHost: serves && primary !== null ? primary : host,
      primaryIsSecure: serves,
    };
  }

  private async customHost(host: string): Promise<Site> {
    const entry = await this.hosts.lookup(host);
    if (!entry) return nobody;
    if (entry.serves === 'gone') return { kind: 'gone' };
    const state = await this.stores.stateOf(entry.storeId);
    if (state === null || state === 'closed') return nobody;
    if (state === 'suspended') return { kind: 'suspended' };
    const primary = entry.redirectTo === null ? entry : await this.hosts.lookup(entry.redirectTo);
    const redirects = primary !== null && primary.serves === 'https';
    return {
      kind: 'store',
      storeId: entry.storeId,
      host,
      isSecure: entry.serves === 'https',
      primaryHost: redirects ? primary.host : host,
      primaryIsSecure: redirects || entry.serves === 'https',
    };
  }

  /** `kiln` of `kiln.localhost`; null for a host outside the platform's zone. */
  private handleOf(host: string): string | null {
    const zone = `.${this.config.shop.platformZone}`;
    if (!host.endsWith(zone)) return null;
    const handle = host.slice(0, -zone.length);
    return handle.includes('.') ? null : handle;
  }
}
