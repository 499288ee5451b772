import { Controller, Get, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { allErrors } from '@libs/kernel';
import { Public } from './access';
import { httpErrors } from './problem';

/** Explains a code: the `type` of every problem document leads here. */
@ApiExcludeController()
@Controller('api/problems')
@Public()
export class ProblemsController {
  @Get(':code')
  explain(@Param('code') code: string): { code: string; kind: string; text: string } {
    const entry = allErrors().find((candidate) => candidate.code === code);
    if (!entry) throw httpErrors.error('not-found');
    return entry;
  }
}
