import type { Root } from './ir';

/** A name that a block gives to a value. */
export interface Binding {
  readonly root: Root;
  readonly kind: string;
  readonly path: string | null;
}

/** What names mean at a place. Scopes are never changed; a block makes a new one. */
export interface Scope {
  readonly names: ReadonlyMap<string, Binding>;
  /** What `this` and bare names mean; null at the top of a file. */
  readonly self: Binding | null;
  /** In a snippet: bare names mean its arguments, since the block around has named its value. */
  readonly bareArgs: boolean;
  /** The loop around, for `@index` and its like. */
  readonly loop: number | null;
  readonly eachDepth: number;
  /** True directly in the file, not inside a block. */
  readonly top: boolean;
}

export const TOP: Scope = {
  names: new Map(),
  self: null,
  bareArgs: true,
  loop: null,
  eachDepth: 0,
  top: true,
};

/** A scope inside a block: new names, perhaps a new `this`. */
export function inner(
  scope: Scope,
  names: Iterable<readonly [string, Binding]>,
  self: Binding | null,
): Scope {
  const given = [...names];
  return {
    ...scope,
    names: new Map([...scope.names, ...given]),
    bareArgs: self === null ? scope.bareArgs : given.length > 0,
    self: self ?? scope.self,
    top: false,
  };
}
