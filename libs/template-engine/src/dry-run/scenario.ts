/** One way in which data may be hard on a theme. */
export interface Scenario {
  readonly name: 'full' | 'long' | 'chinese' | 'arabic' | 'empty' | 'null';
  /** Items of a list; page lists of products and variants have their own counts. */
  readonly items: number;
  readonly products: number;
  readonly variants: number;
  /** Every nullable value is null. */
  readonly nulls: boolean;
  /** What is true of everything; `mixed` is every other. */
  readonly truth: boolean | 'mixed';
  /** Texts, one after the other. */
  readonly texts: readonly string[];
  /** The language that is preferred, if the theme has it. */
  readonly language?: string;
}

const WORD = 'Donaudampfschifffahrtsgesellschaftskapi'; // 40 letters with the one behind it
const plain = { items: 3, products: 50, variants: 250, nulls: false, truth: 'mixed' } as const;

/** The worst cases of chapter 6: many things, long words, other scripts, an empty store, nulls wherever they may stand. */
export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'full',
    ...plain,
    truth: true,
    texts: ['Stoneware mug & "saucer" <set>', 'Linen', '€ 4'],
  },
  {
    name: 'long',
    ...plain,
    products: 12,
    variants: 20,
    texts: [
      `${WORD}t`,
      `Hand-thrown stoneware mug, 350 ml, speckled oat glaze, set of 2`,
      '👩‍👩‍👧‍👦🧵🪡',
      'abc שלום 123 مرحبا xyz',
    ],
  },
  {
    name: 'chinese',
    ...plain,
    products: 12,
    variants: 12,
    truth: true,
    language: 'zh',
    texts: ['手工陶瓷马克杯三百五十毫升燕麦色斑点釉两件套', '麻布'],
  },
  {
    name: 'arabic',
    ...plain,
    products: 12,
    variants: 12,
    truth: false,
    language: 'ar',
    texts: ['كوب من الخزف الحجري مصنوع يدويا', 'كتان'],
  },
  {
    name: 'empty',
    ...plain,
    items: 0,
    products: 0,
    variants: 0,
    truth: true,
    texts: [''],
  },
  {
    name: 'null',
    ...plain,
    items: 0,
    products: 1,
    variants: 1,
    nulls: true,
    truth: false,
    texts: ['x'],
  },
];
