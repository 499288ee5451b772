import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  createParamDecorator,
} from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import { type Observable, finalize } from 'rxjs';
import type { ApiRequest } from './access';
import { httpErrors } from './problem';

/** A file that a client sent: on disk for as long as the request runs, never whole in memory. */
export interface UploadedFile {
  /** Where it lies; gone when the request has been answered. */
  path: string;
  /** The client's word, for showing only. */
  filename: string;
  mimeType: string;
  /** Bytes. */
  size: number;
  /** SHA-256, hexadecimal. */
  sha256: string;
}

/** Largest upload in bytes; routes with a smaller limit check it themselves. */
export const maxUploadBytes = 256 * 1024 * 1024;

const uploadKey = 'caravel:upload';

interface UploadRequest extends ApiRequest {
  upload?: UploadedFile;
}

const uploadedFile = createParamDecorator((_: unknown, context: ExecutionContext): UploadedFile => {
  const { upload } = context.switchToHttp().getRequest<UploadRequest>();
  if (!upload) throw httpErrors.error('missing-file', {}, { field: 'file' });
  return upload;
});

/** The multipart field `file`, as a parameter of type `UploadedFile`. */
export function Upload(): ParameterDecorator {
  return (target, key, index) => {
    if (key === undefined) return;
    const method = Object.getOwnPropertyDescriptor(target, key) as PropertyDescriptor;
    Reflect.defineMetadata(uploadKey, true, method.value as object);
    ApiConsumes('multipart/form-data')(target, key, method);
    ApiBody({
      schema: {
        type: 'object',
        required: ['file'],
        properties: { file: { type: 'string', format: 'binary' } },
      },
    })(target, key, method);
    uploadedFile()(target, key, index);
  };
}

/** Spools the file of a route that takes one to a folder of its own, and removes it after the answer. */
@Injectable()
export class UploadInterceptor implements NestInterceptor {
  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    if (Reflect.getMetadata(uploadKey, context.getHandler()) !== true) return next.handle();
    const request = context.switchToHttp().getRequest<UploadRequest>();
    if (!request.isMultipart()) {
      throw httpErrors.error('unsupported-media-type', { expected: 'multipart/form-data' });
    }
    const dir = await mkdtemp(join(tmpdir(), 'caravel-upload-'));
    const clean = () => rm(dir, { recursive: true, force: true });
    try {
      request.upload = await spool(request, dir);
    } catch (error) {
      await clean();
      throw error;
    }
    return next.handle().pipe(finalize(() => void clean()));
  }
}

async function spool(request: UploadRequest, dir: string): Promise<UploadedFile> {
  const part = await request.file({ limits: { fileSize: maxUploadBytes, files: 1 } });
  if (!part || part.fieldname !== 'file') {
    throw httpErrors.error('missing-file', {}, { field: 'file' });
  }
  const path = join(dir, 'file');
  const hash = createHash('sha256');
  let size = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(part.file, measure, createWriteStream(path));
  if (part.file.truncated) throw httpErrors.error('body-too-large', { limit: maxUploadBytes });
  return {
    path,
    filename: part.filename,
    mimeType: part.mimetype,
    size,
    sha256: hash.digest('hex'),
  };
}
