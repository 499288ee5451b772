import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Secrets } from '@platform/secrets';
import type { SignedArtefact } from '../theme-version.entity';
import { themesErrors } from '../themes.errors';

/** The version that code belongs to. */
export interface ArtefactPlace {
  storeId: string;
  versionId: string;
}

const purpose = 'theme-artefact';

/** Marks code as the work of our compiler, for one version of one store: render processes run nothing else. */
@Injectable()
export class ArtefactSigner {
  constructor(@Inject(Secrets) private readonly secrets: Secrets) {}

  /** Signs the hash of code. */
  sign(place: ArtefactPlace, { locale, hash }: Omit<SignedArtefact, 'signature'>): SignedArtefact {
    return { locale, hash, signature: this.secrets.sign(text(place, locale, hash), purpose) };
  }

  /** Lets code through that has the hash and the signature that its version says. @throws themes.artefact-refused */
  verify(place: ArtefactPlace, { locale, hash, signature }: SignedArtefact, js: Buffer): string {
    const signed = this.secrets.verify(text(place, locale, hash), signature, purpose);
    const same = createHash('sha256').update(js).digest('hex') === hash;
    if (!signed || !same) throw themesErrors.error('artefact-refused');
    return js.toString('utf8');
  }
}

function text({ storeId, versionId }: ArtefactPlace, locale: string, hash: string): string {
  return JSON.stringify([storeId, versionId, locale, hash]);
}
