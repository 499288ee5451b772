import { createHash } from 'node:crypto';
import type { DataPlan, PageInput } from '@libs/template-engine';
import { HELPER_GLOBALS } from '@template-engine/context';

type Section = PageInput['sections'][number];

/** A page as a render process is asked for it, and what is known of its sections. */
export interface PageText {
  /** JSON of a `PageInput` without the data that only held sections read. */
  readonly text: Buffer;
  /** Bytes of the sections that are not rendered again, by name. */
  readonly held: ReadonlyMap<string, Buffer>;
  /** The keys of the public sections that are as their data wants them, held ones too, by name. */
  readonly keys: ReadonlyMap<string, string>;
}

/** What a page is written from. */
export interface PageSource {
  readonly input: PageInput;
  readonly plan: DataPlan;
  /** Hash of the code: the theme's version in one locale. */
  readonly artefact: string;
  /** The theme's version itself: another may have the same code and other templates. */
  readonly versionId: string;
  /** `product` or `product.gift`. */
  readonly templateName: string;
}

/** Where sections that were made before are looked for. */
export interface MadeBefore {
  /** The bytes of a section by what it is made of. */
  find(key: string): Buffer | null;
  /** The bytes that stood last in a section's place, by its name. */
  last(section: string): Buffer | null;
}

/** A section's name among all of its page, as the engine calls it. */
function nameOf({ location, id }: Pick<Section, 'location' | 'id'>): string {
  return `${location}/${id}`;
}

function hashOf(parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest('base64');
}

/**
 * What tells a page from all others of its store: version, template, and the request with address, locale and currency.
 * One template is many pages, and a section on one of them says nothing true on another.
 */
export function placeOf({ input, versionId, templateName }: PageSource): string {
  return hashOf([versionId, templateName, JSON.stringify(input.globals['request'] ?? null)]);
}

/** The addresses of a version's assets are one object for all of its pages. */
const assetTexts = new WeakMap<object, { text: string; hash: string }>();

function assetsOf({ assets }: PageInput): { text: string; hash: string } {
  const known = assetTexts.get(assets);
  if (known) return known;
  const text = JSON.stringify(assets);
  const made = { text, hash: hashOf([text]) };
  assetTexts.set(assets, made);
  return made;
}

/**
 * Writes a page and leaves out what is held. A section's key is made of the code, its settings with all that they
 * point to, and every object that it or its blocks read: it changes with any datum that the section could print. What
 * differs between shoppers is never looked for and never gets a key, nor does what misses something it points to. A
 * public section that is left out is held as it was last, when that is known.
 */
export function writePage({ input, plan, artefact }: PageSource, before: MadeBefore): PageText {
  const { globals, sections, assets: _, ...rest } = input;
  const assets = assetsOf(input);
  const texts = new GlobalTexts(globals);
  const base = [artefact, assets.hash, ...HELPER_GLOBALS.map((name) => texts.ofHelpers(name))];
  const reads = readsOf(plan);
  const held = new Map<string, Buffer>();
  const keys = new Map<string, string>();
  const needed = new Set([...HELPER_GLOBALS, ...plan.layoutGlobals]);
  const written = sections.map((section) => {
    const name = nameOf(section);
    const own = reads.get(name);
    const text = JSON.stringify(section);
    if (own?.public && section.incomplete !== true) {
      const key = hashOf([...base, text, ...own.globals.map((global) => texts.hash(global))]);
      const found = section.failure ? before.last(name) : before.find(key);
      if (!section.failure) keys.set(name, key);
      if (found) {
        held.set(name, found);
        return JSON.stringify(emptied(section));
      }
    }
    for (const global of own?.globals ?? plan.globals) needed.add(global);
    return text;
  });
  const shown = Object.keys(globals)
    .filter((name) => needed.has(name))
    .map((name) => `${JSON.stringify(name)}:${texts.text(name)}`);
  const open = JSON.stringify({ ...rest, held: [...held.keys()] }).slice(0, -1);
  const text = Buffer.from(
    `${open},"assets":${assets.text},"globals":{${shown.join()}},"sections":[${written.join()}]}`,
  );
  return { text, held, keys };
}

/** The names of the sections that are left out of a page and may stand there as they were last. */
export function leftOut({ input, plan }: PageSource): string[] {
  const reads = readsOf(plan);
  return input.sections
    .filter(({ failure, incomplete }) => failure !== undefined && incomplete !== true)
    .map(nameOf)
    .filter((name) => reads.get(name)?.public === true);
}

/** What each section reads; nothing is known by a name that two sections share. */
function readsOf({ sections }: DataPlan): Map<string, DataPlan['sections'][number]> {
  const reads = new Map(sections.map((section) => [nameOf(section), section]));
  if (reads.size < sections.length) {
    const names = sections.map(nameOf);
    for (const name of names.filter((one, at) => names.indexOf(one) !== at)) reads.delete(name);
  }
  return reads;
}

/** A section of which only its place and the files that it uses count. */
function emptied({ id, type, location, index, blocks }: Section): Section {
  const bare = (list: Section['blocks']): Section['blocks'] =>
    list.map((block) => ({
      id: block.id,
      type: block.type,
      settings: {},
      blocks: bare(block.blocks ?? []),
    }));
  return { id, type, location, index, settings: {}, blocks: bare(blocks) };
}

/** The page's `@objects` as text, each written and hashed once. */
class GlobalTexts {
  private readonly texts = new Map<string, string>();
  private readonly hashes = new Map<string, string>();

  constructor(private readonly globals: PageInput['globals']) {}

  text(name: string): string {
    const known = this.texts.get(name);
    if (known !== undefined) return known;
    const text = JSON.stringify(this.globals[name] ?? null);
    this.texts.set(name, text);
    return text;
  }

  /** Name and value of an object in one short text. */
  hash(name: string): string {
    const known = this.hashes.get(name);
    if (known !== undefined) return known;
    const hash = hashOf([name, this.text(name)]);
    this.hashes.set(name, hash);
    return hash;
  }

  /**
   * What helpers take from an object without the section's reading it. Of the request that is what prices and dates are
   * written by; helpers that look at its address are counted as reading it.
   */
  ofHelpers(name: string): string {
    if (name !== 'request') return this.hash(name);
    const request = this.globals[name];
    const { locale, currency } = (
      typeof request === 'object' && request !== null ? request : {}
    ) as Record<string, unknown>;
    return hashOf([String(locale), String(currency)]);
  }
}
