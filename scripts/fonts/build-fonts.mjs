// Cuts the fonts of a theme to what shops need and writes them into its folder, with their metrics in theme.json.
//
//   node scripts/fonts/build-fonts.mjs atelier
//
// Reads `scripts/fonts/<theme>.json`; needs the packages @fontsource-variable/* (all under the SIL Open Font License).
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fontkit from 'fontkit';
import subsetFont from 'subset-font';
import { format } from 'prettier';

const root = join(import.meta.dirname, '../..');

/** Basic Latin, Latin-1, what German and French typography adds, and the arrows and marks of the themes. */
const latin =
  span(0x20, 0x7e) + span(0xa0, 0xff) + '–—‘’‚“”„†•…‹›€™←↑→↓−×ŒœŠšŽžŸıĀāĒēĪīŌōŪū\u2009\u202f';
/** What English and German pages are written with; all else is fetched by pages that have it. */
const core = span(0x20, 0x7e) + '\u00a0\u202f–—‘’‚“”„…€£©™°×·→−ÄÖÜßäöüé';
const further = [...latin].filter((letter) => !core.includes(letter)).join('');
const arabic = span(0x600, 0x6ff) + span(0x750, 0x77f) + '\u200c\u200d\u200e';

/** Shares of the letters of English text, in thousandths, with the space: how wide a line comes out. */
const frequency = Object.entries({
  ' ': 180,
  e: 104,
  t: 74,
  a: 67,
  o: 62,
  i: 57,
  n: 57,
  s: 52,
  h: 50,
  r: 49,
  d: 35,
  l: 33,
  u: 23,
  c: 23,
  m: 20,
  w: 19,
  f: 18,
  g: 16,
  y: 16,
  p: 16,
  b: 12,
  v: 8,
  k: 6,
  x: 1.5,
  j: 1.2,
  q: 0.9,
  z: 0.6,
});

/** Advance widths of the fallback faces in thousandths of an em, by letter. */
const widths = {
  Arial: {
    ' ': 278,
    a: 556,
    b: 556,
    c: 500,
    d: 556,
    e: 556,
    f: 278,
    g: 556,
    h: 556,
    i: 222,
    j: 222,
    k: 500,
    l: 222,
    m: 833,
    n: 556,
    o: 556,
    p: 556,
    q: 556,
    r: 333,
    s: 500,
    t: 278,
    u: 556,
    v: 500,
    w: 722,
    x: 500,
    y: 500,
    z: 500,
  },
  'Times New Roman': {
    ' ': 250,
    a: 444,
    b: 500,
    c: 444,
    d: 500,
    e: 444,
    f: 333,
    g: 500,
    h: 500,
    i: 278,
    j: 278,
    k: 500,
    l: 278,
    m: 778,
    n: 500,
    o: 500,
    p: 500,
    q: 500,
    r: 333,
    s: 389,
    t: 278,
    u: 500,
    v: 500,
    w: 722,
    x: 500,
    y: 500,
    z: 444,
  },
};

const theme = process.argv[2] ?? 'atelier';
const assets = join(root, 'themes', theme, 'assets');
const wanted = JSON.parse(readFileSync(join(import.meta.dirname, `${theme}.json`), 'utf8'));
mkdirSync(assets, { recursive: true });
const fonts = {};
const licences = {};
for (const [handle, font] of Object.entries(wanted)) fonts[handle] = await build(handle, font);
writeFileSync(
  join(assets, 'font-licences.json'),
  await format(JSON.stringify(licences), { parser: 'json' }),
);
const manifest = join(root, 'themes', theme, 'theme.json');
const described = { ...JSON.parse(readFileSync(manifest, 'utf8')), fonts };
writeFileSync(
  manifest,
  await format(JSON.stringify(described), { parser: 'json', printWidth: 100 }),
);

async function build(handle, font) {
  const folder = join(root, 'node_modules/@fontsource-variable', font.package);
  const script = font.script ?? 'latin';
  const source = readFileSync(
    join(folder, 'files', `${font.package}-${script}-${font.axis}-normal.woff2`),
  );
  const [min, max] = font.weight.split(' ').map(Number);
  const wght = max === undefined ? min : { min, max };
  const cut = (letters) =>
    subsetFont(source, letters, {
      targetFormat: 'woff2',
      variationAxes: { wght, ...font.pin },
      // Two faces of texts do without kerning, which varies with their weights and is half of their bytes.
      ...(font.features ? { keepFeatures: font.features } : {}),
      // Without this every alternate glyph comes along; Arabic needs its joined forms.
      noLayoutClosure: script !== 'arabic',
    });
  const file = write(`${handle}.woff2`, await cut(script === 'arabic' ? arabic : core));
  const rest = script === 'arabic' ? null : write(`${handle}-more.woff2`, await cut(further));
  licences[font.family] = readFileSync(join(folder, 'LICENSE'), 'utf8');
  const { family, weight, stack } = font;
  return {
    family,
    weight,
    style: 'normal',
    file,
    unicode_range: font.unicode_range ?? rangesOf(core),
    ...(rest ? { more: [{ file: rest, unicode_range: 'U+A1-24F, U+2000-21FF' }] } : {}),
    stack,
    ...(font.like ? { fallback: await fallback(source, font, min) } : {}),
  };
}

function write(file, bytes) {
  writeFileSync(join(assets, file), bytes);
  console.log(`${file} ${(bytes.length / 1024).toFixed(1)} KB`);
  return file;
}

/** Letters as CSS lists them: `U+20-7E, U+A0`. */
function rangesOf(letters) {
  const codes = [...letters].map((letter) => letter.codePointAt(0)).sort((a, b) => a - b);
  const hex = (code) => code.toString(16).toUpperCase();
  const runs = [];
  for (const code of codes) {
    const run = runs.at(-1);
    if (run && run[1] >= code - 1) run[1] = code;
    else runs.push([code, code]);
  }
  return runs
    .map(([from, to]) => (from === to ? `U+${hex(from)}` : `U+${hex(from)}-${hex(to)}`))
    .join(', ');
}

/** How the reader's own face must be stretched to take the room of ours, so that nothing moves when ours arrives. */
async function fallback(source, font, weight) {
  const plain = await subsetFont(source, latin, {
    targetFormat: 'truetype',
    variationAxes: { wght: weight, ...font.pin },
  });
  const face = fontkit.create(plain);
  const own = average(
    (letter) =>
      (face.glyphForCodePoint(letter.codePointAt(0)).advanceWidth / face.unitsPerEm) * 1000,
  );
  const adjust = own / average((letter) => widths[font.like][letter]);
  const share = (value) => round((Math.abs(value) / face.unitsPerEm / adjust) * 100);
  return {
    font: font.like,
    size_adjust: round(adjust * 100),
    ascent_override: share(face.ascent),
    descent_override: share(face.descent),
  };
}

function average(widthOf) {
  const total = frequency.reduce((sum, [, share]) => sum + share, 0);
  return frequency.reduce((sum, [letter, share]) => sum + widthOf(letter) * share, 0) / total;
}

function round(value) {
  return Math.round(value * 100) / 100;
}

function span(from, to) {
  return String.fromCodePoint(...Array.from({ length: to - from + 1 }, (_, i) => from + i));
}
