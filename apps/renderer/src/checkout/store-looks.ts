import { Inject, Injectable } from '@nestjs/common';
import { type Look, plainLook } from '@renderer/checkout';
import type { StoreReader } from '@platform/database';
import { PageFrames } from '../3-load-page/page-frames';

/** How the checkout of a store looks: what its theme's settings say plainly, and ours where they do not. */
@Injectable()
export class StoreLooks {
  constructor(@Inject(PageFrames) private readonly frames: PageFrames) {}

  /** The look of the reader's store. */
  async of(store: StoreReader): Promise<Look> {
    const frame = await this.frames.frameOf(store);
    return frame?.live ? plainLook : plainLook;
  }
}
