import type { Outcome } from './spec-cases';

/** A way in which the language differs from stock Handlebars on purpose. */
export interface Difference {
  readonly why: string;
  /** What happens instead: the theme is refused, or something else is printed. */
  readonly outcome: Exclude<Outcome, 'agrees'>;
  /** The cases of the specification that meet it, by file and place. */
  readonly cases: Readonly<Record<string, readonly number[]>>;
}

/** Every deliberate difference. A case that is listed must differ, and one that differs must be listed. */
export const DIFFERENCES: readonly Difference[] = [
  {
    why: 'A theme brings no helpers of its own: the table of helpers is closed. Some cases put their own in the place of one that the table has.',
    outcome: 'refused',
    cases: {
      basic: [73, 74, 89],
      data: [2, 3, 4, 5, 6, 10, 11, 12, 13, 14, 15, 16, 17, 21],
      helpers: [
        0, 7, 8, 9, 10, 12, 13, 14, 15, 17, 18, 19, 20, 21, 22, 23, 24, 26, 27, 28, 29, 32, 33, 34,
        36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 49, 50, 52, 55, 56, 59, 60, 62, 63, 64, 65,
        67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77,
      ],
      partials: [2, 3],
      regressions: [8, 9, 19, 22, 31],
      strict: [14],
      subexpressions: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
      'string-params': [0, 1, 2, 3, 4, 5, 6, 7],
      'track-ids': [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
    },
  },
  {
    why: 'The same, where the helper is called without arguments: that is a field here, and there is none.',
    outcome: 'prints otherwise',
    cases: { builtins: [37], data: [0], helpers: [25, 30, 31, 51, 61, 66, 86] },
  },
  {
    why: 'A block is a helper: `#each`, `#with` and `#if` say which of the meanings of a field as a block is wanted.',
    outcome: 'refused',
    cases: {
      basic: [17, 18, 68, 69, 80],
      blocks: [
        0, 1, 2, 3, 4, 5, 6, 7, 9, 11, 12, 13, 14, 15, 16, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27,
        28, 29, 30,
      ],
      helpers: [16],
      partials: [0, 1, 6, 7, 11, 12, 15, 25, 54, 55, 56, 57, 58, 59, 60],
      regressions: [0, 1, 2, 3, 4, 6, 7, 16, 17],
      strict: [21],
    },
  },
  {
    why: 'Data is plain JSON: there are no functions in it.',
    outcome: 'prints otherwise',
    cases: { basic: [41, 42, 43], builtins: [8, 9, 34], helpers: [57] },
  },
  {
    why: 'Fields cannot be called: data is plain JSON.',
    outcome: 'refused',
    cases: { basic: [27, 44, 45, 47, 49, 50, 76, 77] },
  },
  {
    why: '`../` means another object for other data: loop variables name what is meant.',
    outcome: 'refused',
    cases: {
      basic: [9, 46, 48, 51],
      builtins: [12, 25, 26, 29, 33, 39, 40],
      regressions: [20, 27, 29],
    },
  },
  {
    why: 'Decorators and inline partials are not part of the language: they change code while it runs.',
    outcome: 'refused',
    cases: {
      blocks: [31, 32, 33, 34, 35, 36, 37, 38],
      partials: [42, 43, 44, 46, 47, 48, 49, 51, 52, 53],
      regressions: [28],
    },
  },
  {
    why: 'A snippet takes no block: what a call gives to it is in its arguments.',
    outcome: 'refused',
    cases: {
      partials: [26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 50],
      regressions: [24, 25, 26, 30],
    },
  },
  {
    why: 'Raw blocks are not part of the language: each would be a second language inside the first.',
    outcome: 'refused',
    cases: { helpers: [1, 2, 3, 4, 5] },
  },
  {
    why: 'What is printed as it is shall be seen at once: `{{{ }}}` is its only form.',
    outcome: 'refused',
    cases: { basic: [38], 'whitespace-control': [3] },
  },
  {
    why: 'A literal alone would be read as the name of a field, which no author means.',
    outcome: 'refused',
    cases: { basic: [28, 29, 60, 61, 62, 63, 64, 78, 79, 81, 82, 83, 84, 85, 86, 87, 88] },
  },
  {
    why: '`@` objects are those of the table; `@root` would hide from the planner which of them a section reads.',
    outcome: 'refused',
    cases: { data: [1, 8, 9, 18, 19, 20], strict: [7] },
  },
  {
    why: 'A snippet takes named values, so that what it reads can be told from its call.',
    outcome: 'refused',
    cases: { partials: [5, 8, 9] },
  },
  {
    why: 'A snippet is a file of the theme, in one folder, in lower case.',
    outcome: 'refused',
    cases: { partials: [17, 18, 19, 20, 21, 22, 23, 24] },
  },
  {
    why: 'A snippet sees its arguments and the `@` objects, not the data around its call.',
    outcome: 'prints otherwise',
    cases: { partials: [16] },
  },
  {
    why: 'A name that a helper has is that helper; a field of the name is read with `this.` before it.',
    outcome: 'refused',
    cases: { blocks: [10], builtins: [13, 14, 16, 17] },
  },
  {
    why: 'There is no strict mode: data that is missing prints nothing.',
    outcome: 'prints otherwise',
    cases: { strict: [0, 2, 4, 5, 15, 18, 19] },
  },
  {
    why: '`=` and the backtick are printed as they are: an attribute that holds a value has quotes, or the theme is refused.',
    outcome: 'prints otherwise',
    cases: { basic: [39] },
  },
  {
    why: 'Lists and objects print nothing: what stock prints of them is of no use to a shopper.',
    outcome: 'prints otherwise',
    cases: { regressions: [15] },
  },
  {
    why: 'Lists of JSON have no holes.',
    outcome: 'prints otherwise',
    cases: { regressions: [23] },
  },
  {
    why: 'The lines of a snippet are not moved in by the space before its call: markup does not ask for it.',
    outcome: 'prints otherwise',
    cases: { 'whitespace-control': [34] },
  },
];
