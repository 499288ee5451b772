import type { Reporter } from '../diagnostics/reporter';
import { spanAt } from '../diagnostics/reporter';
import { LIMITS } from '../limits';
import type { CompiledFile } from './compile-file';
import type { Unit } from './ir';

/** Snippets in an order in which each comes after those that it calls; reports circles and too deep chains. */
export function orderSnippets(files: readonly CompiledFile[], reporter: Reporter): CompiledFile[] {
  const byName = new Map(files.map((file) => [file.unit.name, file]));
  const depths = new Map<string, number>();
  const ordered: CompiledFile[] = [];
  const visit = (file: CompiledFile, above: readonly string[]): number => {
    const { name } = file.unit;
    const known = depths.get(name);
    if (known !== undefined) return known;
    const chain = [...above, name];
    const below = file.unit.facts.calls.flatMap((call) => {
      const called = byName.get(call.name);
      if (!called) return [];
      if (!chain.includes(call.name)) return [visit(called, chain)];
      const circle = [...chain.slice(chain.indexOf(call.name)), call.name].join(' > ');
      const message = `snippets may not call themselves: ${circle}`;
      reporter.add(file.unit.file, call.loc, 'X_RECURSION', message);
      return [];
    });
    const depth = 1 + Math.max(0, ...below);
    if (depth > LIMITS.snippetDepth)
      reporter.add(
        file.unit.file,
        spanAt(1, 0),
        'E_TOO_DEEP',
        `snippets call each other deeper than ${LIMITS.snippetDepth}`,
      );
    depths.set(name, depth);
    ordered.push(file);
    return depth;
  };
  for (const file of files) visit(file, []);
  return ordered;
}

/** The snippets of a theme, and which of them a file uses. */
export class Snippets {
  private readonly byName: ReadonlyMap<string, CompiledFile>;
  private readonly parts = new Map<CompiledFile, readonly CompiledFile[]>();

  /** @param files all compiled files of the theme */
  constructor(files: readonly CompiledFile[]) {
    const snippets = files.filter(({ unit }) => unit.role === 'snippet');
    this.byName = new Map(snippets.map((file) => [file.unit.name, file]));
  }

  get(name: string): CompiledFile | undefined {
    return this.byName.get(name);
  }

  /** The file itself and all snippets that it uses, directly or through others; those that there are. */
  partsOf(file: CompiledFile): readonly CompiledFile[] {
    const known = this.parts.get(file);
    if (known) return known;
    const names = new Set<string>();
    const queue = file.unit.facts.calls.map((call) => call.name);
    for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
      if (names.has(name)) continue;
      names.add(name);
      for (const call of this.get(name)?.unit.facts.calls ?? []) queue.push(call.name);
    }
    const parts = [file, ...[...names].flatMap((name) => this.get(name) ?? [])];
    this.parts.set(file, parts);
    return parts;
  }
}

/** What a file reads with all its snippets: paths with arguments replaced by what was handed in, menus, settings. */
export interface FullReads {
  readonly paths: Set<string>;
  readonly menus: Set<string>;
  readonly limits: Map<string, number | string>;
  /** Calls followed so far, so that each pair of snippet and arguments is followed once. */
  readonly followed: Set<string>;
}

/** Calls with different arguments that are followed; a theme has a few hundred, an attack could have millions. */
const MAX_CALLS = 5000;

/** Follows every call of a file and puts the caller's paths in place of the snippet's parameters. */
export function fullReads(unit: Unit, snippets: Snippets): FullReads {
  const reads: FullReads = {
    paths: new Set(),
    menus: new Set(),
    limits: new Map(),
    followed: new Set(),
  };
  collect(unit, (path) => path, snippets, reads);
  return reads;
}

function collect(
  unit: Unit,
  outside: (path: string) => string | null,
  snippets: Snippets,
  reads: FullReads,
): void {
  for (const path of unit.facts.paths) {
    const full = path.startsWith('$') ? outside(path) : path;
    if (full !== null) reads.paths.add(full);
  }
  for (const menu of unit.facts.menus) reads.menus.add(menu);
  for (const [path, limit] of unit.facts.limits) {
    const full = path.startsWith('$') ? outside(path) : path;
    if (full !== null && !reads.limits.has(full)) reads.limits.set(full, limit);
  }
  for (const call of unit.facts.calls) {
    const called = snippets.get(call.name);
    if (!called) continue;
    const given = [...call.args].map(
      ([name, path]) => `${name}=${path?.startsWith('$') ? outside(path) : path}`,
    );
    const key = `${call.name} ${given.join(' ')}`;
    if (reads.followed.has(key) || reads.followed.size >= MAX_CALLS) continue;
    reads.followed.add(key);
    const handIn = (path: string): string | null => {
      const [name = ''] = path.slice(1).split(/[.[]/);
      const given = call.args.get(name) ?? null;
      if (given === null) return null;
      const whole = given + path.slice(1 + name.length);
      return whole.startsWith('$') ? outside(whole) : whole;
    };
    collect(called.unit, handIn, snippets, reads);
  }
}
