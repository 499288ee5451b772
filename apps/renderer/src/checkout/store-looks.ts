import { Inject, Injectable } from '@nestjs/common';
import { type Look, plainLook } from '@renderer/checkout';
import type { StoreReader } from '@platform/database';
import { PageFaces } from '../3-load-page/page-faces';
import { PageFrames } from '../3-load-page/page-frames';
import { themeLook } from './theme-look';

/** Pixels that a logo is high in the checkout's head. */
const logoHeight = 40;

/** How the checkout of a store looks: what its theme's settings say plainly, and ours where they do not. */
@Injectable()
export class StoreLooks {
  constructor(
    @Inject(PageFrames) private readonly frames: PageFrames,
    @Inject(PageFaces) private readonly faces: PageFaces,
  ) {}

  /** The store's policies that shoppers can read, called as in that language. */
  policies(store: StoreReader, locale: string): ReturnType<PageFaces['content']['policies']> {
    return this.faces.content.policies(store, locale);
  }

  /** The look of the reader's store. */
  async of(store: StoreReader): Promise<Look> {
    const frame = await this.frames.frameOf(store);
    if (!frame?.live) return plainLook;
    const { themes, media } = this.faces;
    const { meta } = await themes.load(store.storeId, frame.live.versionId, store);
    const { logo, ...look } = themeLook(meta);
    const image = logo === null ? null : (await media.imagesByIds(store, [logo])).get(logo);
    if (!image || image.height === 0) return { ...look, logo: null };
    const width = Math.round((image.width * logoHeight) / image.height);
    return { ...look, logo: { src: image.src, width, height: logoHeight } };
  }
}
