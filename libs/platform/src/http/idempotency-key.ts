import { type ExecutionContext, createParamDecorator } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { ApiRequest } from './access';
import { httpErrors } from './problem';

const sentKey = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const key = context.switchToHttp().getRequest<ApiRequest>().headers['idempotency-key'];
  if (typeof key !== 'string') {
    throw httpErrors.error('idempotency-key-missing', {}, { field: 'Idempotency-Key' });
  }
  return key;
});

/**
 * The request's `Idempotency-Key`, as a parameter of a route that moves money or goods: such a route refuses a request
 * without one, and gives the key on to whatever it makes, so that even a process that dies after its effect repeats
 * nothing.
 */
export const IdempotencyKey =
  (): ParameterDecorator =>
  (target, method, index): void => {
    sentKey()(target, method, index);
    const descriptor = Object.getOwnPropertyDescriptor(target, method ?? '');
    if (method === undefined || !descriptor) return;
    ApiHeader({ name: 'Idempotency-Key', required: true })(target, method, descriptor);
  };
