import { Inject, Injectable } from '@nestjs/common';
import type { StoreReader } from '@platform/database';
import type { View } from '@template-engine/context';
import { imageView } from '../images/image-view';
import { Images } from '../images/images.service';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Images for the storefront. */
@Injectable()
export class MediaPages {
  constructor(@Inject(Images) private readonly images: Images) {}

  /** The images of these ids that can be shown; a setting may hold a file of its theme instead, which is none. */
  async imagesByIds(store: StoreReader, refs: string[]): Promise<Map<string, View<'image'>>> {
    const ids = refs.filter((ref) => uuid.test(ref));
    if (ids.length === 0) return new Map();
    const ready = await this.images.ready(store, ids);
    return new Map([...ready].map(([id, image]) => [id, imageView(id, image, '')]));
  }
}
