// Makes the web fonts of a theme: `node scripts/fonts/subset.mjs scripts/fonts/flash.json`. The results are committed;
// nobody who builds, tests or runs Caravel needs this.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as fontkit from 'fontkit';
import subset from 'subset-font';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');

/** Basic Latin, Latin-1, quotes, dashes, bullet, ellipsis, euro, arrows, minus. */
const letters = [
  ...span(0x20, 0x7e),
  ...span(0xa0, 0xa1),
  0xa3,
  0xa5,
  0xa7,
  0xa9,
  0xab,
  0xae,
  0xb0,
  0xb1,
  0xb2,
  0xb5,
  0xb7,
  0xbb,
  ...span(0xbf, 0xff),
  ...span(0x2013, 0x2014),
  ...span(0x2018, 0x201e),
  0x152,
  0x153,
  0x160,
  0x161,
  0x17d,
  0x17e,
  0x2022,
  0x2026,
  0x2039,
  0x203a,
  0x20ac,
  0x2122,
  0x2190,
  0x2192,
  0x2212,
].map((code) => String.fromCodePoint(code));

/** Letters of English text by how often they stand there, in percent with the space. */
const shares =
  ' 18 e10.4 t7.4 a6.5 o6.2 i5.7 n5.7 s5.2 r5 h5 l3.3 d3.5 u2.3 c2.2 m2 f2 w1.7 g1.6 p1.5 y1.5 b1.3 v0.8 k0.6';
const frequency = [...shares.matchAll(/([a-z]|^ )([\d.]+)/g)].map(([, letter, share]) => [
  letter,
  Number(share),
]);

/** Average advance of what most machines have, weighted the same way, in thousandths of the em. */
const fallbacks = { Arial: 440.6 };

function span(first, last) {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

async function make(out, { file, from, axes, fallback, ...face }) {
  const folder = join(root, 'node_modules/@fontsource-variable', face.package);
  const source = await readFile(join(folder, 'files', from));
  const font = await subset(source, letters.join(''), {
    targetFormat: 'woff2',
    variationAxes: axes,
    noLayoutClosure: true,
  });
  await writeFile(join(root, out, file), font);
  await mkdir(join(here, 'licences'), { recursive: true });
  const licence = await readFile(join(folder, 'LICENSE'), 'utf8');
  await writeFile(join(here, 'licences', `${face.package}.txt`), licence);
  return { file, bytes: font.length, ...metrics(fontkit.create(font), fallback) };
}

/** What makes the fall-back face take the same room: in percent, as `@font-face` wants them. */
function metrics(font, fallback) {
  const total = frequency.reduce((sum, [, weight]) => sum + weight, 0);
  const advance =
    frequency.reduce(
      (sum, [letter, weight]) =>
        sum + font.glyphForCodePoint(letter.codePointAt(0)).advanceWidth * weight,
      0,
    ) / total;
  const size = advance / font.unitsPerEm / (fallbacks[fallback] / 1000);
  const percent = (value) => Number((value * 100).toFixed(2));
  return {
    size_adjust: percent(size),
    ascent_override: percent(font.ascent / font.unitsPerEm / size),
    descent_override: percent(Math.abs(font.descent) / font.unitsPerEm / size),
  };
}

const { out, faces } = JSON.parse(await readFile(process.argv[2], 'utf8'));
for (const face of faces) process.stdout.write(`${JSON.stringify(await make(out, face))}\n`);
