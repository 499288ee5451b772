import type { Json, JsonObject } from '../context/view';
import type { DataPlan, LoadedSources, Need, PlannedBlock } from '../model/data-plan';
import type { AssetEntry, BlockView, PageInput } from '../model/page';
import { resolveSources } from './dynamic-source';
import { fontView } from '../theme/fonts';

/** What a page is made of beside its sections. */
export type PageFrame = Pick<
  PageInput,
  'globals' | 'assets' | 'head' | 'bodyEnd' | 'nonce' | 'budgets'
>;

/**
 * Puts what was loaded where the plan's settings hold ids. What is missing becomes null, or is left out of a list.
 * `@settings` is set from the plan; the plan itself is not changed.
 */
export function fillPlan(plan: DataPlan, loaded: LoadedSources, frame: PageFrame): PageInput {
  const find = finder(plan, loaded, frame);
  const settings = filled(plan.settings, plan.settingNeeds, find);
  const globals = { ...frame.globals, settings };
  const sections = plan.sections.map((section) => {
    const view = {
      id: section.id,
      type: section.type,
      location: section.location,
      index: section.index,
      settings: resolveSources(section.settings, globals),
      blocks: section.blocks.map((block) => blockView(block, globals)),
    };
    const missing = section.needs.some((need) => need.keys.some((key) => find(key) === null));
    const whole = filled(view as unknown as JsonObject, section.needs, find);
    return missing ? { ...whole, incomplete: true } : whole;
  });
  return {
    ...frame,
    layout: plan.layout,
    wrapper: plan.wrapper,
    globals,
    sections: sections as unknown as PageInput['sections'],
  };
}

function blockView(block: PlannedBlock, globals: PageInput['globals']): BlockView {
  return {
    ...block,
    settings: resolveSources(block.settings, globals),
    blocks: block.blocks.map((inner) => blockView(inner, globals)),
  };
}

type Find = (key: string) => Json | null;

function finder(plan: DataPlan, loaded: LoadedSources, frame: PageFrame): Find {
  const sources = new Map(plan.sources.map((source) => [source.key, source]));
  return (key) => {
    if (key.startsWith('font:')) return fontOf(plan, key.slice(5), frame);
    const found = Object.hasOwn(loaded, key) ? loaded[key] : undefined;
    if (found !== undefined && found !== null) return found;
    const source = sources.get(key);
    if (source?.kind === 'menu') return menuOf(frame.globals['menus'], source.ref);
    if (source?.kind === 'image' && Object.hasOwn(frame.assets, source.ref))
      return assetImage(source.ref, frame.assets[source.ref]!);
    return null;
  };
}

function menuOf(menus: Json | undefined, handle: string): Json | null {
  const open = typeof menus === 'object' && menus !== null && !Array.isArray(menus);
  return open && Object.hasOwn(menus, handle) ? (menus[handle] ?? null) : null;
}

/** An image setting's default is a file of the theme; its size is not known. */
function assetImage(name: string, entry: AssetEntry): Json {
  const src = typeof entry === 'string' ? entry : entry.url;
  return {
    src,
    id: name,
    width: 0,
    height: 0,
    alt: '',
    aspect_ratio: 0,
    focal_point: null,
    placeholder: null,
  };
}

function fontOf(plan: DataPlan, handle: string, { assets }: PageFrame): Json | null {
  const font = Object.hasOwn(plan.fonts, handle) ? plan.fonts[handle] : undefined;
  if (!font) return null;
  return fontView(handle, font, (name) => {
    const entry = Object.hasOwn(assets, name) ? assets[name] : undefined;
    return typeof entry === 'string' ? entry : (entry?.url ?? '');
  });
}

/** A copy with the needs put in; only the objects and lists on the way are copied. */
function filled(target: JsonObject, needs: readonly Need[], find: Find): JsonObject {
  let out: Json = target;
  for (const need of needs) out = put(out, need.at, answer(need, find));
  return out as JsonObject;
}

function answer(need: Need, find: Find): Json {
  const values = need.keys.map(find).filter((value) => value !== null);
  if (need.many) return values;
  const value = values[0] ?? null;
  if (need.take !== 'url') return value;
  const url =
    typeof value === 'object' && value !== null && !Array.isArray(value) ? value['url'] : '';
  return url ?? '';
}

function put(target: Json, at: readonly (string | number)[], value: Json): Json {
  const [key, ...rest] = at;
  if (key === undefined) return value;
  if (Array.isArray(target)) {
    const copy = [...target];
    copy[Number(key)] = put(copy[Number(key)] ?? null, rest, value);
    return copy;
  }
  const object = typeof target === 'object' && target !== null ? target : {};
  return { ...object, [key]: put(object[String(key)] ?? null, rest, value) };
}
