import sharp, { type Metadata } from 'sharp';
import { mediaErrors } from '../media.errors';
import { widthsFor } from './ladder';

/** Beyond this a decoder needs more memory than a worker should give: 100 million pixels are 400 MB. */
const mostPixels = 100_000_000;

/** Largest original in bytes. */
export const mostImageBytes = 20 * 1024 * 1024;

const readable = new Set(['jpeg', 'png', 'webp', 'heif', 'avif', 'gif', 'svg', 'tiff']);

/** What an original is, after orientation. */
export interface Original {
  mime: string;
  width: number;
  height: number;
}

/** One size of an image. */
export interface ImageSize {
  width: number;
  bytes: Buffer;
}

/**
 * Looks at the bytes, whatever the sender called them.
 * @throws media.not-an-image, media.image-too-large
 */
export async function inspectImage(bytes: Buffer): Promise<Original> {
  if (bytes.length > mostImageBytes) throw tooLarge();
  let found: Metadata;
  try {
    found = await sharp(bytes, { limitInputPixels: mostPixels }).metadata();
  } catch (cause) {
    if (/pixel limit/i.test(String(cause))) throw tooLarge();
    throw mediaErrors.error('not-an-image', {}, { cause });
  }
  const { format, width, height, orientation = 1 } = found;
  if (!format || !readable.has(format) || !width || !height)
    throw mediaErrors.error('not-an-image');
  if (width * height > mostPixels) throw tooLarge();
  // Orientations 5 to 8 of EXIF lie on their side.
  const lying = orientation >= 5;
  return {
    mime: format === 'svg' ? 'image/svg+xml' : `image/${format}`,
    width: lying ? height : width,
    height: lying ? width : height,
  };
}

/**
 * Makes the sizes of an image as WebP, quality 78 and effort 4 (domains.md, 7.4), upright, in sRGB, without metadata.
 * @throws media.not-an-image when it cannot be decoded to its end
 */
export async function makeSizes(bytes: Buffer, { width }: Original): Promise<ImageSize[]> {
  const sizes: ImageSize[] = [];
  for (const target of widthsFor(width)) {
    try {
      const made = await sharp(bytes, { limitInputPixels: mostPixels })
        .rotate()
        .resize({ width: target, withoutEnlargement: true })
        .toColourspace('srgb')
        .webp({ quality: 78, effort: 4 })
        .toBuffer();
      sizes.push({ width: target, bytes: made });
    } catch (cause) {
      throw mediaErrors.error('not-an-image', {}, { cause });
    }
  }
  return sizes;
}

function tooLarge() {
  return mediaErrors.error('image-too-large', {
    megabytes: mostImageBytes / 1024 / 1024,
    megapixels: mostPixels / 1_000_000,
  });
}
