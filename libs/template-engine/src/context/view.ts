import type { SHAPES } from './shapes';

export type ShapeName = keyof typeof SHAPES;

/** The plain JSON that stands for a kind of the table. */
export type KindValue<K extends string> = K extends `${infer B}[]`
  ? KindValue<B>[]
  : K extends `${infer B}?`
    ? KindValue<B> | null
    : K extends `map:${infer B}`
      ? Record<string, KindValue<B>>
      : K extends 'text' | 'html' | 'url' | 'date' | 'color' | 'css'
        ? string
        : K extends 'number' | 'money'
          ? number
          : K extends 'bool'
            ? boolean
            : K extends ShapeName
              ? View<K>
              : Json;

/** The type of one object that a template reads: `View<'product_card'>`. */
export type View<N extends ShapeName> = {
  [F in keyof (typeof SHAPES)[N]]: (typeof SHAPES)[N][F] extends string
    ? KindValue<(typeof SHAPES)[N][F]>
    : never;
};

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };
