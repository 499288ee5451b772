import { HttpCode, applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';

/**
 * Says what a route answers when all goes well, for the client and for the OpenAPI document.
 * @param status the HTTP status
 * @param schema the body; none when left out
 */
export function Answers(status: number, schema?: z.ZodType): MethodDecorator {
  return applyDecorators(
    HttpCode(status),
    ApiResponse({ status, description: '', ...(schema ? { standardSchema: schema } : {}) }),
  );
}
