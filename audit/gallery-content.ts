/** What a section says: its settings, and its blocks in their order. */
export interface SectionContent {
  settings?: Record<string, unknown>;
  blocks?: { type: string; settings: Record<string, unknown> }[];
}

/** The name of a picture that a theme has only here: its table of the morning in the evening. */
export const eveningPicture = 'kiln-evening.webp';

const press = (name: string, quote: string) => ({ type: 'logo', settings: { name, quote } });
const maker = (name: string, place: string, image: string, text: string) => ({
  type: 'maker',
  settings: { name, place, image, text: `<p>${text}</p>`, link: '/pages/about' },
});
const picture = (image: string, caption: string) => ({
  type: 'picture',
  settings: { image, caption },
});

/**
 * What the gallery lets sections say that no template of a theme uses: a preset leaves the words and the pictures to
 * the merchant, and an empty frame shows nobody what the section does. By type.
 * @param shop the discount that is shown where a section shows none that has ended, and the reviews
 */
export function galleryContent({
  discount,
  reviews,
}: {
  discount: string;
  reviews: readonly string[];
}): Readonly<Record<string, SectionContent>> {
  const bound = { settings: { discount } };
  return {
    ...words,
    bar: bound,
    countdown: bound,
    offer: bound,
    reviews: { settings: { reviews } },
    testimonials: { settings: { reviews: reviews.slice(0, 3) } },
  };
}

const words: Readonly<Record<string, SectionContent>> = {
  'before-after': {
    settings: {
      heading: 'The same table, by day and by night',
      before: 'kiln-morning.webp',
      after: eveningPicture,
      label_before: 'Morning',
      label_after: 'Evening',
    },
  },
  'compare-drag': {
    settings: {
      heading: 'The same shelf, by day and by night',
      label_before: 'Morning',
      label_after: 'Night',
    },
  },
  gallery: {
    settings: { heading: 'From the workshop' },
    blocks: [
      picture('kiln-morning.webp', 'First light on the table'),
      picture('kiln-table.webp', 'Drying for a week'),
      picture('kiln-candle.webp', 'Sixty hours of light'),
    ],
  },
  'journal-teaser': { settings: { blog: 'journal' } },
  makers: {
    settings: { heading: 'The hands behind it', columns: 3 },
    blocks: [
      maker('Ines Albrecht', 'Leipzig', 'kiln-table.webp', 'Throws everything that is round.'),
      maker('Jonas Weber', 'Erfurt', 'lumen-dome.webp', 'Turns, wires and mends the lamps.'),
      maker('Lina Sommer', 'Görlitz', 'seve-towels.webp', 'Weaves the linen, a metre an hour.'),
    ],
  },
  press: {
    settings: { heading: 'Written about us' },
    blocks: [
      press('Raum', 'Quiet things that hold a room together.'),
      press('The Long Table', 'The bowls that we did not give back.'),
      press('Werkblatt', 'Repaired, not replaced: they mean it.'),
    ],
  },
  video: {
    settings: {
      heading: 'A bowl in four minutes',
      poster: 'kiln-table.webp',
      video_url: 'https://vimeo.com/76979871',
    },
  },
};

/** Sections that no preset's front page has, but whose pictures are of one preset's brand; by type. */
export const atHome: ReadonlyMap<string, string> = new Map([['compare-drag', 'Dew']]);
