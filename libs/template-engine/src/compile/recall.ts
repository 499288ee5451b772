import type { Reporter } from '../diagnostics/reporter';
import type { CompileMemory } from '../model/compiled-theme';
import type { Diagnostic } from '../model/diagnostic';

interface Kept {
  readonly inputs: readonly unknown[];
  readonly value: unknown;
}

/**
 * What earlier compilations of the same theme left, for a theme that is compiled at every keystroke: each piece of work
 * stands under a key with all that it depends on, and is done again only when one of those is another. What was kept is
 * the very same object, so that work that depends on it is kept as well. Without a memory everything is done.
 */
export class Recall {
  constructor(private readonly memory?: CompileMemory) {}

  /**
   * What a piece of work gives.
   * @param key the piece's own name; `inputs` are all that it depends on, compared by identity
   * @param make does it; must find out nothing but by its inputs, and nobody changes what it gives
   */
  keep<T>(key: string, inputs: readonly unknown[], make: () => T): T {
    const before = this.memory?.get(key) as Kept | undefined;
    if (before && isSame(before.inputs, inputs)) return before.value as T;
    const value = make();
    this.memory?.set(key, { inputs, value } satisfies Kept);
    return value;
  }

  /** The same for work that reports findings, which are reported again. The texts that findings show are inputs, too. */
  judge<T>(
    key: string,
    inputs: readonly unknown[],
    reporter: Reporter,
    make: (own: Reporter) => T,
  ): T {
    if (!this.memory) return make(reporter);
    const { value, findings } = this.keep(key, inputs, () => {
      const own = reporter.apart();
      const made: { value: T; findings: readonly Diagnostic[] } = {
        value: make(own),
        findings: own.list,
      };
      return made;
    });
    reporter.adopt(findings);
    return value;
  }

  /** The same object as the last time where it says the same: all that `says` it is its JSON. */
  same<T>(key: string, value: T, says: unknown = value): T {
    return this.memory ? this.keep(key, [JSON.stringify(says)], () => value) : value;
  }
}

function isSame(before: readonly unknown[], now: readonly unknown[]): boolean {
  return before.length === now.length && before.every((one, i) => one === now[i]);
}
