import { StandardSchemaValidationPipe } from '@nestjs/common';
import type { AppError, ErrorIssue } from '@libs/kernel';
import { httpErrors } from './problem';

interface Issue {
  message: string;
  path?: readonly (PropertyKey | { key: PropertyKey })[];
  code?: string;
}

/** Checks body, query and parameters against their schemas; every fault names its field. */
export function validationPipe(): StandardSchemaValidationPipe {
  return new StandardSchemaValidationPipe({
    exceptionFactory: (issues) => invalidInput(issues),
  });
}

function invalidInput(issues: readonly Issue[]): AppError {
  const list: ErrorIssue[] = issues.map(({ path = [], message, code }) => ({
    field: path.map((part) => String(typeof part === 'object' ? part.key : part)).join('.'),
    code: `http.${code ?? 'invalid'}`,
    message,
  }));
  return httpErrors.error('invalid-input', {}, { issues: list });
}
