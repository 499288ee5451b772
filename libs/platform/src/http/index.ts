export { type ApiRequest, accessKeys, Public, Requires, CurrentActor } from './access';
export { Answers } from './answers';
export { createHttpApp } from './create-http-app';
export { type UploadedFile, Upload } from './upload';
export { IdempotencyKey } from './idempotency-key';
export { IfMatch, checkVersion, versionTag } from './versions';
export { pageQuery } from './page-query';
export { RateLimit, takeToken } from './rate-limit';
export { httpErrors } from './problem';
