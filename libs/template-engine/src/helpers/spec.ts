import { HELPER_EXAMPLES, type HelperExample } from './examples';

/** Where a helper may stand: around a block, as `{{name}}`, or inside parentheses. */
export type Form = 'block' | 'inline' | 'sub';

/**
 * What a helper gives. `text` is escaped when printed; `safe` is text that never holds a character to escape; `html`
 * is markup made by the helper from escaped parts; `any` is whatever went in.
 */
export type Returns =
  'text' | 'safe' | 'html' | 'number' | 'bool' | 'list' | 'url' | 'any' | 'none';

/** One helper: the validator, compiler, documentation and editor read this record and nothing else. */
export interface HelperSpec {
  readonly name: string;
  readonly forms: readonly Form[];
  /** Names of the arguments; `?` behind one makes it optional, `...` repeats it. */
  readonly args: readonly string[];
  /** Hash keys with their types; `*` takes any key. */
  readonly hash: Readonly<Record<string, 'text' | 'number' | 'bool' | 'any'>>;
  /** The same arguments give the same result, with nothing else read. */
  readonly pure: boolean;
  readonly returns: Returns;
  /** Steps of one call. */
  readonly cost: number;
  /** Its result can be longer than its input, or it copies a list: it charges the allocation budget. */
  readonly grows: boolean;
  /** It has a printed form of its own, escaped where it is put together (`printed` in the runtime). */
  readonly printed: boolean;
  readonly about: string;
  /** What an author writes and what shoppers get of it; on the page of `EXAMPLE_GLOBALS`. */
  readonly example: HelperExample;
}

interface Options {
  readonly hash?: HelperSpec['hash'];
  readonly cost?: number;
  readonly grows?: boolean;
  readonly printed?: boolean;
  readonly pure?: boolean;
}

type Row = readonly [
  usage: string,
  returns: Returns,
  about: string,
  options?: Options & { readonly forms?: readonly Form[] },
];

const NO_EXAMPLE: HelperExample = { template: '', result: '' };

/** Builds specs from rows whose usage line reads `name arg arg? arg...`. */
export function specs(forms: readonly Form[], rows: readonly Row[]): HelperSpec[] {
  return rows.map(([usage, returns, about, options = {}]) => {
    const [name, ...args] = usage.split(' ');
    return {
      name: name!,
      forms: options.forms ?? forms,
      args,
      hash: options.hash ?? {},
      pure: options.pure ?? true,
      returns,
      cost: options.cost ?? 1,
      grows: options.grows ?? false,
      printed: options.printed ?? false,
      about,
      example: HELPER_EXAMPLES[name!] ?? NO_EXAMPLE,
    };
  });
}

/** The least and greatest number of arguments that a helper takes. */
export function argCount(spec: HelperSpec): { min: number; max: number } {
  const min = spec.args.filter((arg) => !arg.endsWith('?') && !arg.endsWith('...')).length;
  const open = spec.args.some((arg) => arg.endsWith('...'));
  return { min, max: open ? 20 : spec.args.length };
}
