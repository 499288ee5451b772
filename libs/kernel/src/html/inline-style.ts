/**
 * Properties that change how a text looks where it stands. None that takes an element out of its place, lays it over
 * the page, fetches a file or runs in time.
 */
const PROPERTIES: ReadonlySet<string> = new Set(
  [
    'color background-color background opacity',
    'font font-family font-size font-style font-weight font-variant font-stretch font-feature-settings line-height',
    'text-align text-align-last text-decoration text-decoration-line text-decoration-color text-decoration-style',
    'text-indent text-transform text-shadow text-wrap letter-spacing word-spacing word-break overflow-wrap hyphens',
    'white-space vertical-align direction list-style list-style-type list-style-position',
    'width height min-width min-height max-width max-height aspect-ratio object-fit object-position box-sizing',
    'margin margin-top margin-right margin-bottom margin-left margin-inline margin-block margin-inline-start',
    'margin-inline-end margin-block-start margin-block-end padding padding-top padding-right padding-bottom',
    'padding-left padding-inline padding-block padding-inline-start padding-inline-end padding-block-start',
    'padding-block-end border border-top border-right border-bottom border-left border-width border-style border-color',
    'border-top-width border-right-width border-bottom-width border-left-width border-top-style border-right-style',
    'border-bottom-style border-left-style border-top-color border-right-color border-bottom-color border-left-color',
    'border-radius border-top-left-radius border-top-right-radius border-bottom-left-radius',
    'border-bottom-right-radius border-collapse border-spacing box-shadow table-layout caption-side empty-cells',
    'display float clear overflow overflow-x overflow-y columns column-count column-gap column-width break-inside',
    'flex flex-basis flex-direction flex-flow flex-grow flex-shrink flex-wrap order gap row-gap align-content',
    'align-items align-self justify-content justify-items justify-self place-content place-items place-self',
    'grid-template-columns grid-template-rows grid-column grid-row grid-auto-flow',
  ]
    .join(' ')
    .split(' '),
);

const FUNCTIONS: ReadonlySet<string> = new Set(
  'rgb rgba hsl hsla hwb lab lch oklab oklch calc min max clamp repeat minmax fit-content'.split(
    ' ',
  ),
);

/** Letters, numbers, strings, lists and functions: nothing that ends a declaration, escapes or names an address. */
const VALUE = /^[\p{L}\p{N}_#%.,()'" /+*!-]{1,300}$/u;

/**
 * The declarations of a style attribute that may stay.
 * @returns them as CSS, and the names of the properties that go, once each
 */
export function cleanStyle(style: string): { css: string; removed: string[] } {
  const kept: string[] = [];
  const removed = new Set<string>();
  for (const declaration of style.split(';')) {
    if (declaration.trim() === '') continue;
    const colon = declaration.indexOf(':');
    const name = declaration.slice(0, Math.max(0, colon)).trim().toLowerCase();
    const value = declaration
      .slice(colon + 1)
      .trim()
      .split(/\s+/)
      .join(' ');
    if (PROPERTIES.has(name) && isHarmless(name, value)) kept.push(`${name}: ${value}`);
    else removed.add(/^[a-z-]{1,40}$/.test(name) ? name : 'other');
  }
  return { css: kept.join('; '), removed: [...removed] };
}

function isHarmless(name: string, value: string): boolean {
  if (!VALUE.test(value) || value.includes('/*')) return false;
  // What stands beside its place can cover what is not the merchant's text.
  if (name.startsWith('margin') && value.includes('-')) return false;
  const functions = value.matchAll(/([\p{L}\p{N}_-]*)\(/gu);
  return [...functions].every(
    ([, called = '']) => called === '' || FUNCTIONS.has(called.toLowerCase()),
  );
}
