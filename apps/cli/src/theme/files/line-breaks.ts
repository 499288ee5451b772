import { type FileBytes, hashOf, isText } from './theme-folder';

/**
 * The same files, and each text that differs from a version in its line breaks alone as the version has it: git on
 * Windows writes others than it was given (core.autocrlf), and nobody has changed such a file.
 * @param hashes path to SHA-256 of what the version holds
 */
export function withLineBreaksOf(files: FileBytes, hashes: Record<string, string>): FileBytes {
  return new Map([...files].map(([path, bytes]) => [path, asThere(path, bytes, hashes[path])]));
}

function asThere(path: string, bytes: Buffer, hash: string | undefined): Buffer {
  if (hash === undefined || !isText(path) || hashOf(bytes) === hash) return bytes;
  // Bytes as characters: what is not UTF-8 comes out as it went in.
  const unix = bytes.toString('latin1').replaceAll('\r\n', '\n');
  const forms = [unix, unix.replaceAll('\n', '\r\n')].map((text) => Buffer.from(text, 'latin1'));
  return forms.find((form) => hashOf(form) === hash) ?? bytes;
}
