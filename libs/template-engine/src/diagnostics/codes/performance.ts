import { error, fixable, warning } from './record';

/** Pages that are there at once. */
export const PERFORMANCE = {
  P_IMG_SIZE: warning(
    'A picture without width and height',
    'The page jumps when the picture arrives. Both attributes give the browser its shape; CSS may still scale it.',
    '<img src="{{image_url image}}" alt="">',
    '<img src="{{image_url image}}" alt="" width="{{image.width}}" height="{{image.height}}">',
  ),
  P_LAZY_ABOVE_FOLD: fixable(
    warning(
      'The first picture waits',
      'The first picture of the first section is what shoppers see first: loading="lazy" delays it until the layout is known. Load it eagerly, best with fetchpriority="high", and by @section.index where a section can stand anywhere.',
      '<img loading="lazy" …> in the first section',
      '<img loading="eager" fetchpriority="high" …>',
    ),
  ),
  P_BLOCKING_SCRIPT: error(
    'A script that holds up the page',
    'Nothing is shown until it has arrived and run. Use defer, async or type="module". In a layout it blocks publishing, elsewhere it is a warning.',
    '<script src="{{asset_url "x.js"}}"></script>',
    '<script src="{{asset_url "x.js"}}" defer></script>',
  ),
  P_ASSET_SIZE: warning(
    'Too much CSS or JavaScript on a page',
    'A page takes at most 100 KB of CSS and 150 KB of JavaScript, gzipped; twice as much blocks publishing. Load what only one section needs with that section.',
    '{{asset "all-libraries.js"}}',
    '{{#script}}…{{/script}} in the section that needs it',
  ),
  P_PICTURE_SIZE: warning(
    'A heavy picture before the first scroll',
    'What a page shows before the first scroll takes at most 120 KB of pictures. Scale the file to the width at which it is shown, as AVIF or WebP.',
    '<img src="{{asset_url "hero.png"}}" …> of 900 KB',
    '<img src="{{asset_url "hero-750.webp"}}" …> of 70 KB',
  ),
  P_FONT_COUNT: warning(
    'More than four font files',
    'Each face is a download before text looks right. Two families, subset, with a variable weight are enough for a brand.',
    '@font-face five times',
    '@font-face { font-weight: 400 700; … } once',
  ),
  P_REMOTE_ASSET: warning(
    'A file of another site',
    'It costs a connection of its own, tells another site who visits the store, and is gone when that site is. Put it under assets/.',
    '<link rel="stylesheet" href="https://fonts.example/x.css">',
    '{{asset "x.css"}}',
  ),
  P_STEPS: error(
    'A page that does not stand the worst case',
    'Every template is rendered with 50 products, 250 variants, long words, Chinese, Arabic, an empty store and nulls wherever they may stand. It must not fail, must stay under half of the budget of a page, and must be well-formed HTML.',
    '{{#each (range 1 1000) as |n|}}{{#each @collection.products as |p|}}…{{/each}}{{/each}}',
    '{{#each @collection.products limit=24 as |p|}}…{{/each}}',
  ),
} as const;
