import type { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { unavailable } from './storage.errors';

/**
 * Cuts content into parts of equal size, the last one smaller; one part is in memory at a time.
 * @returns nothing at all for empty content
 */
export async function* readParts(
  content: Buffer | Readable,
  partBytes: number,
): AsyncGenerator<Buffer, void, void> {
  let waiting: Buffer[] = [];
  let length = 0;
  for await (const chunk of Buffer.isBuffer(content) ? [content] : content) {
    let rest = typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Buffer);
    while (length + rest.length >= partBytes) {
      const taken = partBytes - length;
      yield Buffer.concat([...waiting, rest.subarray(0, taken)]);
      rest = rest.subarray(taken);
      waiting = [];
      length = 0;
    }
    if (rest.length > 0) waiting.push(rest);
    length += rest.length;
  }
  if (length > 0) yield Buffer.concat(waiting);
}

/** One upload in parts: begun, sent, and either completed or aborted, since the parts of neither cost money for ever. */
export class S3Multipart {
  private readonly parts: { PartNumber: number; ETag: string | undefined }[] = [];

  private constructor(
    private readonly client: S3Client,
    private readonly target: { Bucket: string; Key: string; UploadId: string },
  ) {}

  /** Throws AppError `storage.unavailable`. */
  static async begin(
    client: S3Client,
    input: CreateMultipartUploadCommandInput & { Bucket: string; Key: string },
  ): Promise<S3Multipart> {
    const { UploadId } = await client
      .send(new CreateMultipartUploadCommand(input))
      .catch((cause: unknown) => {
        throw unavailable(cause);
      });
    if (UploadId === undefined) throw unavailable(new Error('An upload began without an id.'));
    return new S3Multipart(client, { Bucket: input.Bucket, Key: input.Key, UploadId });
  }

  /** Sends the parts that were read already and then the others, one after the other. */
  async send(read: Buffer[], others: AsyncIterable<Buffer>): Promise<void> {
    for (const part of read) await this.sendPart(part);
    for await (const part of others) await this.sendPart(part);
  }

  /** Makes one object of the parts; `condition` may ask that there be none yet. Throws what S3 says. */
  async complete(condition: { IfNoneMatch?: string }): Promise<void> {
    await this.client.send(
      new CompleteMultipartUploadCommand({
        ...this.target,
        ...condition,
        MultipartUpload: { Parts: this.parts },
      }),
    );
  }

  /** Gives the parts back. */
  async abort(): Promise<void> {
    // The error that led here is the one to tell of; a rule of the bucket removes uploads that were left behind.
    await this.client.send(new AbortMultipartUploadCommand(this.target)).catch(() => undefined);
  }

  private async sendPart(Body: Buffer): Promise<void> {
    const PartNumber = this.parts.length + 1;
    const command = new UploadPartCommand({ ...this.target, PartNumber, Body });
    try {
      const { ETag } = await this.client.send(command);
      this.parts.push({ PartNumber, ETag });
    } catch (cause) {
      throw unavailable(cause);
    }
  }
}
