import {
  type ArgumentMetadata,
  type PipeTransform,
  StandardSchemaValidationPipe,
} from '@nestjs/common';
import { z } from 'zod';
import type { AppError, ErrorIssue } from '@libs/kernel';
import { httpErrors } from './problem';
import { unknownFields } from './unknown-fields';

interface Issue {
  message: string;
  path?: readonly (PropertyKey | { key: PropertyKey })[];
  code?: string;
  /** Of `unrecognized_keys`: what a strict object does not know. */
  keys?: readonly string[];
}

/**
 * Checks body, query and parameters against their schemas; every fault names its field. A field that the schema does
 * not know is a fault too.
 */
export function validationPipe(): PipeTransform {
  return new KnownFieldsPipe({ exceptionFactory: (issues) => invalidInput(issues) });
}

class KnownFieldsPipe extends StandardSchemaValidationPipe {
  protected override async validate<T>(
    value: unknown,
    schema: NonNullable<ArgumentMetadata['schema']>,
    options?: Record<string, unknown>,
  ) {
    const result = await super.validate<T>(value, schema, options);
    if (result.issues || !(schema instanceof z.ZodType)) return result;
    const issues = unknownFields(schema, value).map(({ path, known }) => ({
      path,
      code: 'unknown_field',
      message: `There is no such field here; there are ${known.join(', ')}.`,
    }));
    return issues.length > 0 ? { issues } : result;
  }
}

function invalidInput(issues: readonly Issue[]): AppError {
  const list = issues.flatMap(({ path = [], message, code, keys }): ErrorIssue[] => {
    const field = path.map((part) => String(typeof part === 'object' ? part.key : part));
    if (!keys) return [{ field: field.join('.'), code: `http.${code ?? 'invalid'}`, message }];
    return keys.map((key) => ({
      field: [...field, key].join('.'),
      code: 'http.unknown_field',
      message: 'There is no such field here.',
    }));
  });
  return httpErrors.error('invalid-input', {}, { issues: list });
}
