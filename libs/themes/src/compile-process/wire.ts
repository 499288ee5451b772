import type { Readable } from 'node:stream';
import type { ThemeFiles } from '@libs/template-engine';

interface Head {
  path: string;
  text: boolean;
  /** Bytes. */
  length: number;
}

/** A theme's files as bytes for a pipe: a length of four bytes, a JSON list of what follows, then the files. */
export function encodeFiles(files: ThemeFiles): Buffer[] {
  const bodies: Buffer[] = [];
  const heads: Head[] = [];
  for (const [path, content] of files) {
    const text = typeof content === 'string';
    const body = text ? Buffer.from(content) : Buffer.from(content);
    bodies.push(body);
    heads.push({ path, text, length: body.length });
  }
  const head = Buffer.from(JSON.stringify(heads));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(head.length);
  return [length, head, ...bodies];
}

/** What `encodeFiles` made. */
export function decodeFiles(bytes: Buffer): ThemeFiles {
  const start = 4 + bytes.readUInt32BE(0);
  const heads = JSON.parse(bytes.toString('utf8', 4, start)) as Head[];
  const files = new Map<string, string | Uint8Array>();
  let at = start;
  for (const { path, text, length } of heads) {
    const body = bytes.subarray(at, at + length);
    files.set(path, text ? body.toString('utf8') : body);
    at += length;
  }
  return files;
}

/**
 * Everything a stream gives.
 * @throws Error when it gives more than `most` bytes
 */
export async function readAll(stream: Readable, most = Infinity): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > most) throw new Error(`The stream gives more than ${most} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}
