import type { Duplex } from 'node:stream';

/** A message between renderer and render process: a small JSON head and bytes. */
export interface Frame {
  head: Record<string, unknown>;
  body: Buffer;
}

/** Larger ones are refused: a page is at most 2 MB, a view a little more. */
const largestFrame = 64 * 1024 * 1024;

/** Writes a frame: two lengths of four bytes, the head as JSON, the body. */
export function writeFrame(socket: Duplex, head: Record<string, unknown>, body: Buffer): void {
  const json = Buffer.from(JSON.stringify(head));
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32BE(json.length, 0);
  lengths.writeUInt32BE(body.length, 4);
  socket.cork();
  socket.write(lengths);
  socket.write(json);
  socket.write(body);
  socket.uncork();
}

/** Calls back for every whole frame that arrives. */
export function readFrames(socket: Duplex, onFrame: (frame: Frame) => void): void {
  let chunks: Buffer[] = [];
  let length = 0;
  // Of the frame that is coming; its chunks are joined once, when it is whole.
  let total = 8;
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    length += chunk.length;
    while (length >= total) {
      const all = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, length);
      chunks = [all];
      const headLength = all.readUInt32BE(0);
      total = 8 + headLength + all.readUInt32BE(4);
      if (total > largestFrame) {
        socket.destroy(new Error('A frame is larger than allowed.'));
        return;
      }
      if (length < total) return;
      const head = JSON.parse(all.toString('utf8', 8, 8 + headLength)) as Record<string, unknown>;
      onFrame({ head, body: all.subarray(8 + headLength, total) });
      const rest = all.subarray(total);
      chunks = rest.length > 0 ? [rest] : [];
      length = rest.length;
      total = 8;
    }
  });
}
