import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '@platform/audit';
import { Db } from '@platform/database';
import type { PreparedTheme } from '../upload/prepare-theme';
import { readThemeArchive } from '../upload/read-archive';
import {
  ThemeUploads,
  type UploadTarget,
  type UploadedTheme,
} from '../upload/theme-uploads.service';

/** Who uploads to which store. */
export interface Uploader {
  storeId: string;
  actor: Actor;
}

/** Takes a theme's zip through the steps of an upload, each database step in a transaction of its own. */
@Injectable()
export class ReceiveTheme {
  constructor(
    @Inject(Db) private readonly db: Db,
    @Inject(ThemeUploads) private readonly uploads: ThemeUploads,
  ) {}

  /**
   * @param path where the zip lies on disk
   * @throws themes.invalid-theme, and what `ThemeUploads` says
   */
  async receive(uploader: Uploader, path: string, target: UploadTarget): Promise<UploadedTheme> {
    const { storeId, actor } = uploader;
    const files = await readThemeArchive(path);
    await this.db.read(storeId, (store) => this.uploads.checkTarget(store, target, files));
    const prepared = await this.uploads.prepare(files);
    await this.db.write(storeId, (store) => this.uploads.claim(store, prepared));
    try {
      await this.uploads.upload(prepared);
      return await this.db.write(storeId, (store) => this.uploads.seal(store, prepared, target), {
        actor,
      });
    } catch (error) {
      await this.abandon(storeId, prepared);
      throw error;
    }
  }

  /** What cannot be given up now is found by the timetable later. */
  private async abandon(storeId: string, prepared: PreparedTheme): Promise<void> {
    await this.db
      .write(storeId, (store) => this.uploads.abandon(store, prepared))
      .catch(() => undefined);
  }
}
