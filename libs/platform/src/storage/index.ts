export { type Blob, type BlobMeta, type BlobRange, BlobStore } from './blob-store';
export { DiskBlobStore } from './disk-blob-store';
export { S3BlobStore, type S3Options } from './s3-blob-store';
export { type PublishedBlob, blobKey, openBlob, publishBlob } from './assets';
export { chooseEncoding } from './choose-encoding';
