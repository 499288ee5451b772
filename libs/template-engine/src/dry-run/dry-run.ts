import { PAGE_BUDGETS } from '../limits';
import type { Artefact, DryRunSummary, SectionCost, ThemeMeta } from '../model/compiled-theme';
import type { PageOutput } from '../model/page';
import { loadArtefact } from '../runtime/theme';
import { renderPage } from '../runtime/render-page';
import { sealPage } from '../runtime/read-page';
import { State } from '../runtime/state';
import type { Theme } from '../runtime/theme';
import { type FixturePage, fixturePage } from './pages';
import { type Scenario, SCENARIOS } from './scenario';
import { firstFault } from './well-formed';

/** Something that a page did not stand. */
export interface DryRunFinding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** What a dry run found, and what it cost. */
export interface DryRunResult extends DryRunSummary {
  readonly findings: readonly DryRunFinding[];
}

/** A share of the budgets of a page (chapter 6). */
const SHARE = 0.5;
/**
 * Renders every template under every scenario, each locale at least once, and says what did not stand it.
 * @param until no page is begun after this moment of `performance.now()`
 */
export function dryRun(
  theme: { readonly artefacts: readonly Artefact[]; readonly meta: ThemeMeta },
  until = Infinity,
): DryRunResult {
  const run = new Run(theme.artefacts, theme.meta);
  const names = Object.keys(theme.meta.templates).toSorted((a, b) => rank(a) - rank(b));
  let [pages, skipped] = [0, 0];
  // Scenario by scenario: when time runs out, every template has at least met the worst.
  for (const [i, scenario] of SCENARIOS.entries())
    for (const [j, name] of names.entries()) {
      const late = performance.now() > until;
      const locale = run.localeFor(scenario, i + j);
      if (!late && run.page(fixturePage(theme.meta, name, scenario, locale))) pages++;
      else skipped++;
    }
  const costs = [...run.costs.values()].toSorted((a, b) => b.steps - a.steps);
  return { findings: run.findings, costs, pages, skipped };
}

/** Pages with long lists, the dearest first; all others come behind them. */
const LONG = ['collection', 'product', 'search', 'index', 'cart', 'blog', 'list-collections'];

function rank(template: string): number {
  const at = LONG.indexOf(template.split('.')[0]!);
  return at === -1 ? LONG.length : at;
}

class Run {
  readonly findings: DryRunFinding[] = [];
  readonly costs = new Map<string, SectionCost>();
  private readonly themes = new Map<string, Theme>();
  private readonly seen = new Set<string>();

  constructor(
    private readonly artefacts: readonly Artefact[],
    private readonly meta: ThemeMeta,
  ) {}

  /** The locale that a scenario asks for, else each in turn. */
  localeFor(scenario: Scenario, turn: number): string {
    const locales = this.artefacts.map((one) => one.locale);
    const wanted = locales.find((one) => scenario.language && one.startsWith(scenario.language));
    return wanted ?? locales[turn % locales.length] ?? this.meta.defaultLocale;
  }

  /** Renders one page; false when it could not be told, since the machine was too busy. */
  page(page: FixturePage): boolean {
    const theme = this.theme(page.locale);
    if (page.scenario === 'full') this.measure(theme, page);
    const out = renderPage(theme, page.input);
    // The deadline says more of the machine than of the theme, whose steps are counted.
    if (out.errors.some((error) => error.code === 'R_DEADLINE')) return false;
    const where = `templates/${page.template}.json`;
    const how = `with the page "${page.scenario}" in ${page.locale}`;
    for (const error of out.errors)
      this.find({ ...error, file: error.file || where, message: `fails ${how}: ${error.message}` });
    // What follows would only repeat that a budget was used up.
    if (out.errors.length === 0) this.measureWhole(out, where, how);
    return true;
  }

  private measureWhole(out: PageOutput, where: string, how: string): void {
    if (out.steps > PAGE_BUDGETS.steps * SHARE)
      this.find({
        file: where,
        line: 1,
        column: 1,
        message: `takes ${out.steps} steps ${how}; ${PAGE_BUDGETS.steps * SHARE} are the most`,
      });
    const bytes = Buffer.byteLength(out.html);
    if (bytes > PAGE_BUDGETS.output * SHARE)
      this.find({
        file: where,
        line: 1,
        column: 1,
        message: `gives ${bytes} bytes ${how}; ${PAGE_BUDGETS.output * SHARE} are the most`,
      });
    this.wellFormed(out.html, where, how);
  }

  private theme(locale: string): Theme {
    const known = this.themes.get(locale);
    if (known) return known;
    const artefact = this.artefacts.find((one) => one.locale === locale) ?? this.artefacts[0]!;
    const theme = loadArtefact(artefact.js);
    this.themes.set(locale, theme);
    return theme;
  }

  /** The cost of each section by itself. */
  private measure(theme: Theme, page: FixturePage): void {
    const { globals, sections } = sealPage(page.input);
    for (const instance of sections) {
      const state = new State();
      const begun = performance.now();
      const html = theme.renderSection(instance, { ...globals }, state);
      const ms = performance.now() - begun;
      const bytes = typeof html === 'string' ? html.length : 0;
      const known = this.costs.get(instance.type);
      if (known && known.steps >= state.used) continue;
      const { template } = page;
      this.costs.set(instance.type, {
        type: instance.type,
        template,
        steps: state.used,
        bytes,
        ms,
      });
    }
  }

  private wellFormed(html: string, where: string, how: string): void {
    const wrong = firstFault(html);
    if (!wrong) return;
    const type = /.*data-section-type="([^"]+)"/s.exec(html.slice(0, wrong.at))?.[1];
    const file = (type !== undefined && this.meta.sections[type]?.file) || where;
    const around = html.slice(Math.max(0, wrong.at - 40), wrong.at + 40);
    this.find({
      file,
      line: 1,
      column: 1,
      message: `is not well-formed ${how}: ${wrong.what} near ${JSON.stringify(around)}`,
    });
  }

  /** Each place once, whatever page it was. */
  private find(finding: DryRunFinding): void {
    const key = `${finding.file}:${finding.line}:${finding.column}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    this.findings.push(finding);
  }
}
