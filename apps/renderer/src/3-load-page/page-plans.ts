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

/** Plans are pure in theme version and template, so each is made once. */
@Injectable()
export class PagePlans {
  private readonly plans = new LRUCache<string, PagePlan>({ max: 5_000 });

  /**
   * The plan of a page.
   * @param type the page type; the theme has a template of that name
   * @param suffix the alternate template that the resource asks for; unknown ones fall back to the plain one
   */
  planOf(versionId: string, meta: ThemeMeta, type: string, suffix: string | null): PagePlan {
    const key = `${versionId}|${templateOf(meta, type, suffix)}`;
    const cached = this.plans.get(key);
    if (cached) return cached;
    const made = makePlan(meta, type, suffix);
    this.plans.set(key, made);
    return made;
  }
}

/** The plan of a page, made anew: for themes that are not versions. Parameters as for `planOf`. */
export function makePlan(meta: ThemeMeta, type: string, suffix: string | null): PagePlan {
  const templateName = templateOf(meta, type, suffix);
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
  const plan = planPage(meta, { template, groups, settings: meta.settings });
  return { templateName, suffix: templateName === type ? null : suffix, plan };
}

function templateOf(meta: ThemeMeta, type: string, suffix: string | null): string {
  const alternate = suffix === null ? null : `${type}.${suffix}`;
  return alternate !== null && meta.templates[alternate] !== undefined ? alternate : type;
}
