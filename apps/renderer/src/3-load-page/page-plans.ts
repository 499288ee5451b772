import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { DataPlan, ThemeMeta } from '@libs/template-engine';
import { planPage } from '@template-engine/plan';

/** What of a theme version a page is made of, and everything that it needs. */
export interface PagePlan {
  /** `product` or `product.gift`. */
  templateName: string;
  suffix: string | null;
  plan: DataPlan;
}

/** Which page is planned. */
export interface PlanWish {
  /** The page type; the theme has a template of that name. */
  type: string;
  /** The alternate template that the resource asks for; unknown ones fall back to the plain one. */
  suffix: string | null;
  /** Only these sections, without layout; those that the page does not have are left out. */
  only?: readonly string[];
}

/** Plans are pure in theme version and template, so each is made once. */
@Injectable()
export class PagePlans {
  private readonly pages = new LRUCache<string, PagePlan>({ max: 5_000 });
  /** Apart, since shoppers choose which sections they ask for: they may not push out the plans of pages. */
  private readonly sections = new LRUCache<string, PagePlan>({ max: 1_000 });

  /** The plan of a page or of some of its sections. */
  planOf(versionId: string, meta: ThemeMeta, wish: PlanWish): PagePlan {
    const kept = wish.only ? this.sections : this.pages;
    // Another compiler's build of the version has a meta of its own.
    const key = `${versionId}|${meta.compiler}|${templateOf(meta, wish)}|${wish.only?.join() ?? ''}`;
    const cached = kept.get(key);
    if (cached) return cached;
    const made = makePlan(meta, wish);
    kept.set(key, made);
    return made;
  }
}

/**
 * Whether a template of a page type reads something of what the page is about, its alternate ones included: which of
 * them is used is known only with the resource.
 * @param path such as `collection.filters`
 */
export function readsOf(
  meta: ThemeMeta,
  planOf: (type: string, suffix: string | null) => PagePlan,
  type: string,
  path: string,
): boolean {
  return Object.keys(meta.templates)
    .filter((name) => name === type || name.startsWith(`${type}.`))
    .map((name) => planOf(type, name === type ? null : name.slice(type.length + 1)))
    .some(({ plan }) => planReads(plan, path));
}

/** Whether a page that is planned reads something. @param path such as `cart.items` */
export function planReads({ paths }: DataPlan, path: string): boolean {
  return paths.some((one) => one === path || /^[.[]/.test(rest(one, path)));
}

function rest(text: string, start: string): string {
  return text.startsWith(start) ? text.slice(start.length) : '';
}

/** The plan of a page, made anew: for themes that are not versions. */
export function makePlan(meta: ThemeMeta, wish: PlanWish): PagePlan {
  const templateName = templateOf(meta, wish);
  const template = meta.templates[templateName];
  if (!template) throw new Error(`The theme has no template ${templateName}.`);
  const layout = template.layout === false ? null : (template.layout ?? 'theme');
  const names = layout === null ? [] : (meta.layouts[layout]?.groups ?? []);
  const groups = Object.fromEntries(
    names.flatMap((name) => {
      const group = meta.groups[name];
      return group ? [[name, group] as const] : [];
    }),
  );
  const { only } = wish;
  const { settings } = meta;
  const plan = planPage(meta, { template, groups, settings, only, type: templateName });
  return { templateName, suffix: templateName === wish.type ? null : wish.suffix, plan };
}

function templateOf(meta: ThemeMeta, { type, suffix }: PlanWish): string {
  const alternate = suffix === null ? null : `${type}.${suffix}`;
  return alternate !== null && meta.templates[alternate] !== undefined ? alternate : type;
}
