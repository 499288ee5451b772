import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Log } from '@platform/telemetry';
import { VersionBuilder } from '../builds/version-builder.service';

/** A version is asked for again only so much later, in milliseconds, whatever became of it. */
const quietMs = 60_000;

/** Versions that wait at most; who is not among them asks again with the next page. */
const mostWaiting = 1_000;

/**
 * Builds versions that a page needs and nobody has built for this release: one that was uploaded through the API of
 * another release while both run, or all of them where the deploy step was left out. One at a time, apart from requests.
 */
@Injectable()
export class MissingBuilds implements OnModuleDestroy {
  private readonly asked = new LRUCache<string, true>({ max: mostWaiting, ttl: quietMs });
  private last: Promise<void> = Promise.resolve();
  private waiting = 0;
  private closed = false;

  constructor(
    @Inject(VersionBuilder) private readonly builder: VersionBuilder,
    @Inject(Log) private readonly log: Log,
  ) {}

  /** Asks for a build; returns at once and never throws. */
  ask(storeId: string, versionId: string): void {
    const key = `${storeId} ${versionId}`;
    if (this.asked.has(key) || this.waiting >= mostWaiting) return;
    this.asked.set(key, true);
    this.waiting += 1;
    this.last = this.last.then(async () => {
      if (!this.closed) await this.build(storeId, versionId);
      this.waiting -= 1;
    });
  }

  /** When everything that was asked for is done. */
  settled(): Promise<void> {
    return this.last;
  }

  onModuleDestroy(): Promise<void> {
    this.closed = true;
    return this.last;
  }

  private async build(storeId: string, versionId: string): Promise<void> {
    try {
      const { state } = await this.builder.build(storeId, versionId);
      this.log.warn({ storeId, versionId, state }, 'a page needed a build of its theme');
    } catch (error) {
      this.log.error({ err: error, storeId, versionId }, 'a theme version could not be built');
    }
  }
}
