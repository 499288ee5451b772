import { createHash } from 'node:crypto';
import { newId } from '@libs/kernel';
import type { NewBlob } from '@libs/media';
import type { CompiledTheme, ThemeMeta } from '@libs/template-engine';
import { invalidTheme } from '../invalid-theme';
import type { ThemeFinding } from '../theme-finding';
import type { ManifestEntry, SignedArtefact } from '../theme-version.entity';
import { isAsset, mimeOf } from './file-rules';
import type { ThemeBytes } from './read-archive';
import { linkStyles, sha256 } from './link-styles';
import { storableJson } from './storable-json';

/** A theme ready to become a version: compiled, hashed, with every file that has to be kept. */
export interface PreparedTheme {
  versionId: string;
  meta: ThemeMeta;
  manifest: Record<string, ManifestEntry>;
  sourceHash: string;
  artefacts: Omit<SignedArtefact, 'signature'>[];
  findings: ThemeFinding[];
  blobs: NewBlob[];
}

/** What a version's files are: path to hash, size and media type. */
export function manifestOf(files: ThemeBytes): Record<string, ManifestEntry> {
  const entries = [...files].map(([path, bytes]) => {
    return [path, { hash: sha256(bytes), size: bytes.length, mime: mimeOf(path) }] as const;
  });
  return Object.fromEntries(entries);
}

/** Equal for equal sources: SHA-256 over paths and hashes in the order of the paths, hexadecimal. */
export function sourceHashOf(manifest: Record<string, ManifestEntry>): string {
  const hash = createHash('sha256');
  for (const path of Object.keys(manifest).sort())
    hash.update(`${path}\0${manifest[path]?.hash}\n`);
  return hash.digest('hex');
}

/** What a compiler made of a theme, fit to be stored. */
export interface CompiledParts {
  /** Null when it found errors. */
  meta: ThemeMeta | null;
  findings: ThemeFinding[];
  artefacts: Omit<SignedArtefact, 'signature'>[];
  /** The files of the code. */
  code: NewBlob[];
}

/** Takes apart what a compile process answered. */
export function partsOf(compiled: CompiledTheme): CompiledParts {
  const { meta, diagnostics } = storableJson({
    meta: compiled.meta,
    diagnostics: compiled.diagnostics,
  });
  return {
    meta,
    findings: [...diagnostics],
    artefacts: compiled.artefacts.map(({ locale, hash }) => ({ locale, hash })),
    code: compiled.artefacts.map(({ js }) => ({
      bytes: Buffer.from(js),
      mime: 'text/javascript; charset=utf-8',
      private: true,
    })),
  };
}

/**
 * Puts together what a version is made of.
 * @throws themes.invalid-theme when the compiler found errors
 */
export function prepareTheme(files: ThemeBytes, compiled: CompiledTheme): PreparedTheme {
  const { meta, findings, artefacts, code } = partsOf(compiled);
  if (meta === null) throw invalidTheme(findings);
  const manifest = manifestOf(files);
  const sources = [...files].map(([path, bytes]) => ({
    bytes,
    mime: mimeOf(path),
    private: !isAsset(path),
  }));
  const styles = [...linkStyles(files, manifest)].map(([path, bytes]) => {
    const entry = manifest[path] as ManifestEntry;
    manifest[path] = { ...entry, served: sha256(bytes) };
    return { bytes, mime: entry.mime, private: false };
  });
  return {
    versionId: newId(),
    meta,
    manifest,
    sourceHash: sourceHashOf(manifest),
    artefacts,
    findings,
    blobs: [...sources, ...styles, ...code],
  };
}
