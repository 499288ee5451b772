import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { SectionError } from '@libs/template-engine';

/** A section's place: which store, which code, which section of the page. */
export interface SectionPlace {
  storeId: string;
  /** Hash of the artefact: another version has another. */
  hash: string;
  /** The file that it stands in, `templates/product.json`: ids are its own within one. */
  template: string;
  section: string;
}

/** So many failures over budget within ten minutes leave a section out (theme-format.md, 4.3). */
const mostStrikes = 3;
const strikeMs = 600_000;

interface Strikes {
  at: number[];
  error: SectionError;
}

/** Sections that pages are made without: what killed a process, and what keeps running out of its budget. */
@Injectable()
export class SectionBlacklist {
  private readonly killers = new LRUCache<string, SectionError>({ max: 10_000 });
  private readonly strikes = new LRUCache<string, Strikes>({ max: 10_000, ttl: strikeMs });

  /** Leaves a section out until the theme or the store's data changes: its key names the stamp. */
  ban(place: SectionPlace, v: number, error: SectionError): void {
    this.killers.set(`${keyOf(place)}|${v}`, error);
  }

  /**
   * Counts a failure over budget.
   * @param now milliseconds of any steady clock
   * @returns whether it was the one that leaves the section out
   */
  strike(place: SectionPlace, now: number, error: SectionError): boolean {
    const at = [...this.recent(place, now), now];
    this.strikes.set(keyOf(place), { at: at.slice(-mostStrikes), error });
    return at.length === mostStrikes;
  }

  /** Why a page of the snapshot with that stamp is made without the section; null when it is not. */
  reason(place: SectionPlace, v: number, now: number): SectionError | null {
    const killed = this.killers.get(`${keyOf(place)}|${v}`);
    if (killed) return killed;
    if (this.recent(place, now).length < mostStrikes) return null;
    return this.strikes.get(keyOf(place))?.error ?? null;
  }

  private recent(place: SectionPlace, now: number): number[] {
    return (this.strikes.get(keyOf(place))?.at ?? []).filter((at) => now - at < strikeMs);
  }
}

function keyOf({ storeId, hash, template, section }: SectionPlace): string {
  return `${storeId}|${hash}|${template}|${section}`;
}
