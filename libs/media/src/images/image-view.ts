import type { View } from '@template-engine/context';
import type { ReadyImage } from './images.service';

/** An image that can be shown, as a theme sees it. */
export function imageView(id: string, image: ReadyImage, alt: string): View<'image'> {
  const { src, width, height } = image;
  const aspect_ratio = Math.round((width / height) * 1000) / 1000;
  return {
    src,
    id,
    width,
    height,
    alt,
    aspect_ratio,
    focal_point: null,
    placeholder: null,
  };
}
