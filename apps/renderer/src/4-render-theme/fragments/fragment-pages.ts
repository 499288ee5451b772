import { Inject, Injectable } from '@nestjs/common';
import type { Rendered } from '../render-process';
import { FragmentCache } from './fragment-cache';
import { type PageSource, leftOut, placeOf, writePage } from './page-text';

/** Pages put together from sections that were made before and those that have to be made. */
@Injectable()
export class FragmentPages {
  constructor(@Inject(FragmentCache) private readonly cache: FragmentCache) {}

  /**
   * @param storeId whose sections may be used and are kept
   * @param ask renders a page of that text in parts; what it throws is thrown on
   */
  async render(
    storeId: string,
    page: PageSource,
    ask: (text: Buffer) => Promise<Rendered>,
  ): Promise<Rendered> {
    const place = placeOf(page);
    const { text, held, keys } = writePage(page, {
      find: (key) => this.cache.find(storeId, key),
      last: (section) => this.cache.last(storeId, `${place} ${section}`),
    });
    const { body, parts = [], errors, steps, cpu } = await ask(text);
    const failed = new Set(errors.map(({ location, section }) => `${location}/${section}`));
    let at = 0;
    const pieces = parts.map(([section, length]) => {
      const bytes = body.subarray(at, at + length);
      at += length;
      if (section === null) return bytes;
      const key = keys.get(section);
      const made = held.get(section);
      if (key !== undefined && !failed.has(section)) {
        if (!made) this.cache.keep(storeId, key, bytes);
        this.cache.remember(storeId, `${place} ${section}`, key);
      }
      return made ?? bytes;
    });
    // Nothing came from elsewhere: what was sent is the page.
    const whole = held.size === 0 ? body : Buffer.concat(pieces);
    return { body: whole, errors, steps, cpu };
  }

  /** The public sections of a page that are left out, by id, as they stood there last when that is known. */
  standIns(storeId: string, page: PageSource): Map<string, string> {
    const place = placeOf(page);
    const found = new Map<string, string>();
    for (const name of leftOut(page)) {
      const bytes = this.cache.last(storeId, `${place} ${name}`);
      if (bytes) found.set(name.slice(name.indexOf('/') + 1), bytes.toString());
    }
    return found;
  }
}
