import type { Brand } from './gallery-brand';

const audio = (name: string): string => `themes/flash/assets/audio-${name}.avif`;

/** The shop that wears Flash's first preset: every page of a shop is shown in it. */
export const pulse: Brand = {
  sale: 'Launch week: 20% off',
  search: 'speaker',
  products: [
    {
      title: 'Room speaker',
      type: 'Speakers',
      text: 'Two drivers and a passive bass in a knitted sleeve. Forty hours on one charge, and rain is fine. In the box: the charging puck, a power bank and two spare rings of cloth.',
      priceMinor: 14_900,
      option: { name: 'Sleeve', values: { Chalk: 14_900, Graphite: 14_900 } },
      pictures: [audio('1200'), audio('close'), audio('part')],
    },
    {
      title: 'Stereo pair of speakers',
      type: 'Sets',
      text: 'Two room speakers that know each other already.',
      priceMinor: 27_900,
      pictures: [[audio('1200'), [0, 17, 51, 62]]],
    },
    {
      title: 'Charging puck',
      type: 'Power',
      text: 'Holds the speaker in place on a shelf. Woven cable, 1.2 m.',
      priceMinor: 2900,
      pictures: [audio('part')],
    },
    {
      title: 'Power bank',
      type: 'Power',
      text: '10,000 mAh: the speaker three times, a phone twice.',
      priceMinor: 4900,
      pictures: [[audio('1200'), [49, 16, 40, 50]]],
    },
  ],
  reviews: [
    [
      5,
      'Fills the kitchen',
      'Smaller than a loaf of bread, and nobody believes that it is only one.',
      'Mira',
      'Köln',
      '2026-11-08',
    ],
    [
      5,
      'Came through the rain',
      'It stood in the garden all night by mistake. In the morning it played on.',
      'Jonas',
      'Gent',
      '2026-10-30',
    ],
    [
      4,
      'Honest bass',
      'No boom, which I like. For a party I would take two of them.',
      'Amina',
      'Wien',
      '2026-10-17',
    ],
    [
      5,
      'Sleeve in the wash',
      'Off in a minute, washed with the towels, looks new again.',
      'Piet',
      'Utrecht',
      '2026-09-25',
    ],
    [
      5,
      'A week, really',
      'Charged on Sunday, empty on Saturday. Radio every morning, records at night.',
      'Sofia',
      'Graz',
      '2026-09-12',
    ],
    [
      3,
      'Good, cable short',
      'It sounds as they say. The cable of the puck could be longer for my shelf.',
      'Oskar',
      'Malmö',
      '2026-08-29',
    ],
  ],
  collections: [
    { title: 'Speakers', type: 'Speakers', picture: audio('close') },
    { title: 'Sets', type: 'Sets', picture: audio('1200') },
    { title: 'Power', type: 'Power', picture: audio('part') },
  ],
  about: `<p>Pulse makes one speaker. We have made it since 2019, and each year a little of it gets better.</p>
<h2>Why only one</h2>
<p>A room asks for one good sound. Everything that we learn goes into the same box, and its parts fit every speaker
that we have sold.</p>
<h2>How it is mended</h2>
<p>Six screws hold it together. Battery, drivers and cloth are spare parts; the key lies in the box.</p>`,
  articles: [
    {
      title: 'What forty hours sound like',
      picture: audio('close'),
      excerptHtml:
        '<p>How we measure a battery: at half volume, with music, until it is quiet.</p>',
      bodyHtml: `<p>A battery can be measured so that it looks good, and so that it is true. We play a list of forty
records at half volume and write down when the last one ends.</p>
<h2>Half is loud</h2>
<p>Half volume fills a kitchen. At a whisper the same charge lasts for three days, and with everything turned up it is
still enough for an evening and the morning after.</p>
<h2>After five years</h2>
<p>A battery that was charged a thousand times has four fifths left. Then it is one of six screws away from being
new.</p>`,
    },
    {
      title: 'Six screws and a key',
      picture: audio('part'),
      excerptHtml: '<p>Mending begins where a thing can be opened. Ours can, in a minute.</p>',
      bodyHtml: '<p>The key lies in the box, and every part has a number.</p>',
    },
    {
      title: 'A sleeve without a seam',
      picture: audio('1200'),
      excerptHtml: '<p>One thread, one machine, eleven minutes: how the cloth is knitted.</p>',
      bodyHtml: '<p>It is knitted in one piece, so that no glue is needed.</p>',
    },
  ],
};
