import { readFile } from 'node:fs/promises';
import { Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { decodeCursor, toPage } from '@libs/kernel';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import {
  Answers,
  CurrentActor,
  Requires,
  Upload,
  type UploadedFile,
  pageQuery,
} from '@platform/http';
import { image, imageList } from '../contract';
import { Images } from '../images/images.service';
import { Originals } from '../images/originals.service';
import { inspectImage, mostImageBytes } from '../images/resize';
import { mediaErrors } from '../media.errors';

const id = z.uuid();
const imageQuery = pageQuery.extend({ state: z.enum(['pending', 'ready', 'failed']).optional() });

/** A store's images. */
@ApiTags('media')
@Controller('stores/:storeId/images')
export class ImagesController {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(Images) private readonly images: Images,
    @Inject(Originals) private readonly originals: Originals,
  ) {}

  @Get()
  @Requires('products.view')
  @Answers(200, imageList)
  async list(
    @Param('storeId') storeId: string,
    @Query({ schema: imageQuery }) { limit, cursor, state }: z.output<typeof imageQuery>,
  ) {
    const before = cursor === undefined ? null : (decodeCursor(cursor, 1)[0] as string);
    const rows = await this.db.read(storeId, (store) =>
      this.images.list(store, { limit: limit + 1, before, state: state ?? null }),
    );
    return toPage(rows, limit, ({ id: imageId }) => [imageId]);
  }

  /** Takes an original; its sizes are made by a job, and the image is `pending` until then. */
  @Post()
  @Requires('products.edit')
  @Answers(201, image)
  async upload(
    @Param('storeId') storeId: string,
    @Upload() file: UploadedFile,
    @CurrentActor() actor: Actor,
  ) {
    if (file.size > mostImageBytes) {
      throw mediaErrors.error(
        'image-too-large',
        { megabytes: mostImageBytes / 1024 / 1024, megapixels: 100 },
        { field: 'file' },
      );
    }
    const bytes = await readFile(file.path);
    const original = await inspectImage(bytes);
    const hash = await this.originals.keep(bytes, original.mime);
    return this.db.write(
      storeId,
      (store) => this.images.add(store, hash, { ...original, bytes: bytes.length }),
      { actor },
    );
  }

  @Get(':imageId')
  @Requires('products.view')
  @Answers(200, image)
  get(@Param('storeId') storeId: string, @Param('imageId', { schema: id }) imageId: string) {
    return this.db.read(storeId, (store) => this.images.get(store, imageId));
  }

  @Post(':imageId/retry')
  @Requires('products.edit')
  @Answers(202, image)
  retry(
    @Param('storeId') storeId: string,
    @Param('imageId', { schema: id }) imageId: string,
    @CurrentActor() actor: Actor,
  ) {
    return this.db.write(storeId, (store) => this.images.retry(store, imageId), { actor });
  }
}
