import { spliceNodes } from './splice-nodes';

/** A source of numbers that gives the same ones for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

type Random = () => number;

const pick = <T>(random: Random, list: readonly T[]): T =>
  list[Math.floor(random() * list.length)] as T;

/** What breaks out of something when it stands in the right place. */
const payloads = [
  'constructor',
  '__proto__',
  '@root',
  '../',
  '{{',
  '}}',
  '{{{',
  '{{/if}}',
  '{{else}}',
  '{{#each (range 1 1000)}}',
  '{{/each}}',
  '(lookup @product "constructor")',
  '@product.long',
  '@collection.products',
  ' as |a b|',
  '"',
  "'",
  '\\',
  '`${process.exit(1)}`',
  '");process.exit(1);("',
  '</script>',
  '</style>',
  '<!--',
  '\u2028',
  '\u0000',
  '1e999',
  '{"$from":"product.title"}',
  'globalThis.caravelCanary=1',
  '");throw Error(7777*7777);("',
  '"+(7777*7777)+"',
  '${7777*7777}',
  '*/throw Error(7777*7777);/*',
];

/** Stands in an output or a message only when a payload was run as code: a product that no payload names. */
export const ran = /60481729|process is not defined/;

const mustache = /\{\{[^]*?\}\}/g;

/** Changes one file of a theme: tokens, whole expressions taken from elsewhere, bytes, values of JSON. */
export function mutate(text: string, others: readonly string[], random: Random): string {
  const at = Math.floor(random() * (text.length + 1));
  switch (Math.floor(random() * 9)) {
    case 0:
      return text.slice(0, at) + pick(random, payloads) + text.slice(at);
    case 1:
      return text.slice(0, at) + text.slice(at + 1 + Math.floor(random() * 20));
    case 2:
      return splice(text, pick(random, others), random);
    case 3:
      return text.replace(/[A-Za-z_][\w-]*/g, (word) =>
        random() < 0.02 ? pick(random, payloads) : word,
      );
    case 4:
      return (
        text.slice(0, at) + String.fromCharCode(Math.floor(random() * 65_536)) + text.slice(at + 1)
      );
    case 5:
      return text.replace(/: *("[^"]*"|-?\d+|true|false|null)/g, (value) =>
        random() < 0.1
          ? `:${pick(random, ['null', '[]', '{}', '-1', '1e99', '"__proto__"'])}`
          : value,
      );
    case 6:
    case 7:
      return spliceNodes(text, pick(random, others), random);
    default: {
      const part = text.slice(at, at + 40 + Math.floor(random() * 400));
      return text.slice(0, at) + part.repeat(1 + Math.floor(random() * 8)) + text.slice(at);
    }
  }
}

/** Puts an expression or a whole block of one text where another has an expression. */
function splice(text: string, other: string, random: Random): string {
  const [own, foreign] = [[...text.matchAll(mustache)], [...other.matchAll(mustache)]];
  if (own.length === 0 || foreign.length === 0) return text + other;
  const place = pick(random, own);
  const from = Math.floor(random() * foreign.length);
  const to = Math.min(foreign.length - 1, from + Math.floor(random() * 4));
  const first = foreign[from] as RegExpExecArray;
  const last = foreign[to] as RegExpExecArray;
  const part = other.slice(first.index, last.index + last[0].length);
  const end = place.index + (random() < 0.5 ? place[0].length : 0);
  return text.slice(0, place.index) + part + text.slice(end);
}

const odd: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  '',
  '<script>alert(1)</script>',
  '"><img onerror=alert(1)>',
  'java\tscript:alert(1)',
  '{{@root}}',
  '\u2028\u0000\ud800',
  'x'.repeat(100_000),
  [],
  {},
  [[[[[[]]]]]],
  { length: 1e9 },
  { toString: 'x', toHTML: 'y', valueOf: 1 },
  { type: 'Program', body: [], call: true },
  JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":1}}'),
  Array.from({ length: 2_000 }, (_, i) => i),
];

/** Changes some values of JSON data, each with the given chance. */
export function mutateData(value: unknown, chance: number, random: Random): unknown {
  if (random() < chance) return pick(random, odd);
  if (Array.isArray(value)) return value.map((one) => mutateData(one, chance, random));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, mutateData(one, chance, random)]),
  );
}
