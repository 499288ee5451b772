import { Inject, Injectable } from '@nestjs/common';
import { unbuiltVersion } from '../builds/theme-builds.service';
import { VersionBuilder } from '../builds/version-builder.service';
import { invalidTheme } from '../invalid-theme';

/** Lets work be done with versions that no deploy step has built yet: the build is made first, in no transaction. */
@Injectable()
export class BuildingFirst {
  constructor(@Inject(VersionBuilder) private readonly builder: VersionBuilder) {}

  /**
   * Does the work; when a version lacks its build, makes that and does it again.
   * @throws themes.invalid-theme when the present compiler refuses the version; what the work throws
   */
  async run<T>(storeId: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const versionId = unbuiltVersion(error);
      if (versionId === null) throw error;
      const outcome = await this.builder.build(storeId, versionId);
      if (outcome.state === 'refused') throw invalidTheme(outcome.findings);
      return work();
    }
  }
}
