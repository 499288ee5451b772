import { type SecureContext, createSecureContext } from 'node:tls';
import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { CertificateStore } from '@renderer/domains';
import { Log } from '@platform/telemetry';

interface Held {
  context: SecureContext;
  at: number;
}

/** 10,000 contexts are 0.3 GB (domains.md, 3); a miss costs a millisecond. */
const mostContexts = 2_000;
/** A renewed certificate is picked up within this; the old one is still good for weeks. */
const freshMs = 60_000;
/** Scanners ask for names that nobody has, again and again. */
const unknownMs = 5_000;

/**
 * TLS contexts by the name that a client asks for. A name without a certificate of its own is refused; it never gets
 * another store's.
 */
@Injectable()
export class Certificates {
  private readonly held = new LRUCache<string, Held>({ max: mostContexts });
  private readonly unknown = new LRUCache<string, true>({ max: 10_000, ttl: unknownMs });
  private readonly loading = new Map<string, Promise<SecureContext | null>>();

  constructor(
    @Inject(CertificateStore) private readonly store: CertificateStore,
    @Inject(Log) private readonly log: Log,
  ) {}

  /** The context for a server name, or null. Never throws: a key that cannot be opened is no certificate. */
  async contextFor(servername: string): Promise<SecureContext | null> {
    const name = servername.toLowerCase();
    const held = this.held.get(name);
    if (held && performance.now() - held.at < freshMs) return held.context;
    if (this.unknown.has(name)) return null;
    const running = this.loading.get(name);
    if (running) return running;
    const load = this.load(name, held).finally(() => this.loading.delete(name));
    this.loading.set(name, load);
    return load;
  }

  private async load(name: string, held: Held | undefined): Promise<SecureContext | null> {
    try {
      const found = await this.store.certificateFor(name);
      if (!found) {
        this.held.delete(name);
        this.unknown.set(name, true);
        return null;
      }
      const context = createSecureContext({ cert: found.certPem, key: found.keyPem });
      this.held.set(name, { context, at: performance.now() });
      return context;
    } catch (error) {
      this.log.error({ err: error, host: name }, 'could not load a certificate');
      // While the database is down, what was good a minute ago still is.
      return held?.context ?? null;
    }
  }
}
