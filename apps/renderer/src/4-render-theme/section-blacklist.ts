import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';

/** A section's place: which store, which code, which section of the page. */
export interface SectionPlace {
  storeId: string;
  /** Hash of the artefact: another version has another. */
  hash: string;
  section: string;
}

/** So many failures over budget within ten minutes leave a section out (theme-format.md, 4.3). */
const mostStrikes = 3;
const strikeMs = 600_000;

/** Sections that pages are made without: what killed a process, and what keeps running out of its budget. */
@Injectable()
export class SectionBlacklist {
  private readonly killers = new LRUCache<string, true>({ max: 10_000 });
  private readonly strikes = new LRUCache<string, number[]>({ max: 10_000, ttl: strikeMs });

  /** Leaves a section out until the theme or the store's data changes: its key names the stamp. */
  ban(place: SectionPlace, v: number): void {
    this.killers.set(`${keyOf(place)}|${v}`, true);
  }

  /**
   * Counts a failure over budget.
   * @param now milliseconds of any steady clock
   * @returns whether it was the one that leaves the section out
   */
  strike(place: SectionPlace, now: number): boolean {
    const recent = this.recent(place, now);
    recent.push(now);
    this.strikes.set(keyOf(place), recent.slice(-mostStrikes));
    return recent.length === mostStrikes;
  }

  /** Whether a page of the snapshot with that stamp is made without the section. */
  has(place: SectionPlace, v: number, now: number): boolean {
    return (
      this.killers.has(`${keyOf(place)}|${v}`) || this.recent(place, now).length >= mostStrikes
    );
  }

  private recent(place: SectionPlace, now: number): number[] {
    return (this.strikes.get(keyOf(place)) ?? []).filter((at) => now - at < strikeMs);
  }
}

function keyOf({ storeId, hash, section }: SectionPlace): string {
  return `${storeId}|${hash}|${section}`;
}
