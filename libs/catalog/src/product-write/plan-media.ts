import { newId } from '@libs/kernel';
import type { Problems } from './check-draft';
import type { CurrentProduct, MediaState } from './current-product';
import type { ImageDraft, ProductDraft } from './product-draft';

/** What happens to a product's pictures. */
export interface MediaPlan {
  inserts: MediaState[];
  updates: MediaState[];
  deletes: string[];
  /** From a picture's source, its file or its own id to its own id. */
  known: ReadonlyMap<string, string>;
}

/** What tells one picture from another: the id of its file, or where it comes from. */
function identity(media: { mediaId?: string | null; src?: string | null }): string {
  return media.src ?? media.mediaId ?? '';
}

/**
 * Compares the pictures that a product has with those it shall have. Those that only a variant names come last, and
 * without a list of pictures they are added to the ones there.
 * @param images those of the named files that are there
 */
export function planMedia(
  draft: ProductDraft,
  current: CurrentProduct | null,
  images: ReadonlySet<string>,
  problems: Problems,
): MediaPlan {
  const before = current?.media ?? [];
  const byIdentity = new Map<string, MediaState>();
  for (const media of before) {
    byIdentity.set(identity({ mediaId: media.mediaId, src: media.sourceUrl }), media);
    // A picture that was fetched is also known by its file.
    if (media.mediaId !== null) byIdentity.set(media.mediaId, media);
  }
  const plan = { inserts: [] as MediaState[], updates: [] as MediaState[] };
  const known = new Map<string, string>();
  let position = 0;
  for (const image of wantedImages(draft, before)) {
    const old = byIdentity.get(identity(image));
    const id = old?.productMediaId ?? newId();
    if (known.has(id) || known.has(identity(image))) continue;
    position += 1;
    const { mediaId } = image;
    if (!old && mediaId !== undefined && !images.has(mediaId))
      problems.add(`images.${position - 1}.mediaId`, 'image-missing', 'There is no such image.');
    const next = nextMedia(old, image, { id, position });
    if (!old) plan.inserts.push(next);
    else if (old.alt !== next.alt || old.position !== position) plan.updates.push(next);
    for (const key of [id, next.sourceUrl, next.mediaId]) if (key !== null) known.set(key, id);
  }
  const gone = before.filter(({ productMediaId }) => !known.has(productMediaId));
  return { ...plan, known, deletes: gone.map(({ productMediaId }) => productMediaId) };
}

function wantedImages(draft: ProductDraft, before: readonly MediaState[]): ImageDraft[] {
  const listed =
    draft.images ??
    before.map(({ mediaId, sourceUrl }) => ({
      ...(sourceUrl === null ? {} : { src: sourceUrl }),
      ...(mediaId === null ? {} : { mediaId }),
    }));
  const named = new Set(listed.map(({ src }) => src));
  const extra: ImageDraft[] = [];
  for (const { imageSrc } of draft.variants ?? []) {
    if (imageSrc == null || named.has(imageSrc) || !/^https?:/i.test(imageSrc)) continue;
    named.add(imageSrc);
    extra.push({ src: imageSrc });
  }
  return [...listed, ...extra];
}

function nextMedia(
  known: MediaState | undefined,
  image: ImageDraft,
  { id, position }: { id: string; position: number },
): MediaState {
  return {
    productMediaId: id,
    position,
    alt: image.alt === undefined ? (known?.alt ?? null) : image.alt,
    mediaId: known?.mediaId ?? image.mediaId ?? null,
    sourceUrl: known?.sourceUrl ?? image.src ?? null,
  };
}
