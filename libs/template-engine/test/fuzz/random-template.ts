type Random = () => number;

/** Data of a page with every kind of value in it, and lists and objects of the same again. */
export interface Level {
  text: string | null;
  n: number;
  z: number | string | boolean | null;
  b: boolean;
  l: (string | number | boolean | null)[];
  o: Record<string, string | number | boolean | null>;
  ls: Level[];
}

/** Quotes, ends of lines and scripts, template literals: what breaks out of code that is put together carelessly. */
const HOSTILE = [
  'a',
  ' ',
  '"',
  "'",
  '\\',
  '\\\\',
  '${x}',
  '\u2028',
  '\u2029',
  '\n',
  '\n  ',
  '  \n',
  '\r\n',
  '"+process.exit(1)+"',
  '&',
  '>',
  '\\n',
  ' };//',
  '*/',
  'é',
  '😀',
  ' }',
  '-->',
];
/** Only in data: in a theme these are markup, and looked at as such. */
const MARKUP = ['</script>', '<b>', '<!--', '`', '='];

const pick = <T>(random: Random, list: readonly T[]): T =>
  list[Math.floor(random() * list.length)] as T;
const times = <T>(random: Random, most: number, make: () => T): T[] =>
  Array.from({ length: Math.floor(random() * (most + 1)) }, make);

function randomText(random: Random, parts: readonly string[]): string {
  return times(random, 4, () => pick(random, parts)).join('');
}

/** A level with `depth` more levels of lists below it. */
export function randomData(random: Random, depth = 2): Level {
  const text = () => randomText(random, [...HOSTILE, ...MARKUP]);
  const scalar = () => pick(random, [text(), 0, 7, -1.5, true, false, null, '']);
  return {
    text: random() < 0.2 ? null : text(),
    n: pick(random, [0, 1, 2, 3, -4, 2.5]),
    z: pick(random, [0, '', false, null]),
    b: random() < 0.5,
    l: times(random, 3, scalar),
    o: Object.fromEntries(
      times(random, 3, () => [pick(random, ['k', 'k2', 'x-y', 'clé']), scalar()]),
    ),
    ls: depth === 0 ? [] : times(random, 3, () => randomData(random, depth - 1)),
  };
}

/** How the values that are in reach at one place of a template are written. */
interface Scope {
  /** Paths of levels, without the dot behind them; empty for `this`. */
  readonly levels: readonly string[];
  readonly scalars: readonly string[];
  readonly loops: number;
}

/** Writes templates of all blocks and of helpers whose meaning is told apart from the engine (`REFERENCE`). */
export class TemplateWriter {
  private names = 0;
  /** Snippets that the template calls, by name. */
  readonly snippets: Record<string, string> = {};

  constructor(private readonly random: Random) {}

  /** A template for the data at `root`. */
  template(root: string): string {
    return this.body({ levels: [root], scalars: [], loops: 0 }, 4);
  }

  private body(scope: Scope, depth: number): string {
    return times(this.random, 5, () => this.part(scope, depth)).join('');
  }

  private part(scope: Scope, depth: number): string {
    const roll = this.random();
    if (roll < 0.3) return randomText(this.random, HOSTILE).replace(/\\+$/, '');
    if (roll < 0.5) return this.print(scope);
    if (roll < 0.54) return pick(this.random, ['{{! x }}', '{{!-- }} --}}', '\n{{! x }}\n']);
    if (roll < 0.58) return `<p title="${this.open()}${this.value(scope)}${this.close()}">p</p>`;
    return depth === 0 ? 'leaf' : this.block(scope, depth - 1);
  }

  private print(scope: Scope): string {
    const value = this.random() < 0.5 ? this.value(scope) : this.call(scope);
    // Stock adds up what stands side by side in three braces when it is no text: true and false make 1.
    return this.random() < 0.25 ? `.{{{${value}}}}` : `${this.open()}${value}${this.close()}`;
  }

  /** Now and then what stands beside an expression loses its space. */
  private open(): string {
    return this.random() < 0.1 ? '{{~' : '{{';
  }

  private close(): string {
    return this.random() < 0.1 ? '~}}' : '}}';
  }

  private at(level: string, field: string): string {
    return level === '' ? pick(this.random, ['', './', 'this.']) + field : `${level}.${field}`;
  }

  private value({ levels, scalars }: Scope): string {
    if (scalars.length > 0 && this.random() < 0.3) return pick(this.random, scalars);
    const field = pick(this.random, ['text', 'n', 'z', 'b', 'missing', 'o.k', 'o.[x-y]', 'l.[0]']);
    return this.at(pick(this.random, levels), field);
  }

  private constant(): string {
    return pick(this.random, ['1', '0', '-2', 'true', 'false', 'null', '"q\\"', '\'"+x+"\'', '""']);
  }

  private argument(scope: Scope): string {
    const roll = this.random();
    if (roll < 0.35) return this.constant().replace('"q\\"', '"q"');
    return roll < 0.8 ? this.value(scope) : `(${this.call(scope)})`;
  }

  private number(scope: Scope): string {
    return this.random() < 0.5
      ? String(Math.floor(this.random() * 5) - 1)
      : this.at(pick(this.random, scope.levels), 'n');
  }

  private call(scope: Scope): string {
    const name = pick(this.random, ['eq', 'ne', 'not', 'and', 'or', 'default', 'gt', 'lte', 'add']);
    if (name === 'not') return `not ${this.argument(scope)}`;
    const make = ['gt', 'lte', 'add'].includes(name)
      ? () => this.number(scope)
      : () => this.argument(scope);
    return `${name} ${make()} ${make()}`;
  }

  private test(scope: Scope): string {
    const roll = this.random();
    if (roll < 0.4) return this.value(scope);
    if (roll < 0.6) return this.at(pick(this.random, scope.levels), pick(this.random, ['l', 'ls']));
    return `(${this.call(scope)})`;
  }

  private block(scope: Scope, depth: number): string {
    const { random } = this;
    const line = random() < 0.3 ? '\n' : '';
    const inside = () => line + this.body(scope, depth) + line;
    const other = () =>
      random() < 0.4 ? `${line}${this.open()}else${this.close()}${inside()}` : '';
    switch (Math.floor(random() * (scope.loops < 3 ? 7 : 3))) {
      case 0: {
        const zero = random() < 0.2 ? ' includeZero=true' : '';
        const more = random() < 0.3 ? `{{else if ${this.test(scope)}}}${inside()}` : '';
        return `${line}${this.open()}#if ${this.test(scope)}${zero}${this.close()}${inside()}${more}${other()}{{/if}}${line}`;
      }
      case 1:
        return `{{#unless ${this.test(scope)}}}${inside()}${other()}{{/unless}}`;
      case 2:
        return this.snippet(scope, depth);
      case 3:
      case 4:
        return this.each(scope, depth) + line;
      case 5:
        return this.eachScalar(scope, depth);
      default:
        return this.with(scope, depth, other());
    }
  }

  private fresh(): string {
    return `x${this.names++}`;
  }

  private each(scope: Scope, depth: number): string {
    const list = this.at(pick(this.random, scope.levels), 'ls');
    const loops = scope.loops + 1;
    const data = ['@index', '@first', '@last', '@key'];
    const end = this.random() < 0.4 ? `{{else}}${this.body(scope, depth)}{{/each}}` : '{{/each}}';
    if (this.random() < 0.5) {
      const [item, index] = [this.fresh(), this.fresh()];
      const inner = { levels: [...named(scope), item], scalars: [...data, index], loops };
      return `{{#each ${list} as |${item} ${index}|}}${this.body(inner, depth)}${end}`;
    }
    const inner = { levels: [...named(scope), ''], scalars: data, loops };
    return `${this.open()}#each ${list}${this.close()}${this.body(inner, depth)}${end}`;
  }

  private eachScalar(scope: Scope, depth: number): string {
    const field = pick(this.random, ['l', 'o']);
    const list = this.at(pick(this.random, scope.levels), field);
    const [item, key] = [this.fresh(), this.fresh()];
    const scalars = ['@index', '@first', '@last', '@key', item, key];
    const inner = { levels: named(scope), scalars, loops: scope.loops + 1 };
    return `{{#each ${list} as |${item} ${key}|}}${this.body(inner, depth)}{{else}}none{{/each}}`;
  }

  private with(scope: Scope, depth: number, other: string): string {
    const level = this.at(pick(this.random, scope.levels), 'ls.[0]');
    const item = this.fresh();
    const inner = { ...scope, levels: [...named(scope), item] };
    return `{{#with ${level} as |${item}|}}${this.body(inner, depth)}${other}{{/with}}`;
  }

  /** Arguments have names that no data has: stock Handlebars shows a partial the data around it too. */
  private snippet(scope: Scope, depth: number): string {
    const name = `s${this.names++}`;
    const [one, two] = [this.fresh(), this.fresh()];
    const level = pick(this.random, named(scope));
    this.snippets[name] = this.body({ levels: [one], scalars: [two], loops: 3 }, depth);
    return `{{> ${name} ${one}=${level} ${two}=${this.argument(scope)}}}`;
  }
}

/** Levels that can be told inside another block too. */
function named({ levels }: Scope): string[] {
  return levels.filter((level) => level !== '');
}
