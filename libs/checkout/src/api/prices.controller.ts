import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Answers, Requires } from '@platform/http';
import { priceExplanation, priceQuestion } from '../contract';
import { LiveAnswers } from '../asking/live-answers.service';
import { PriceExplanations } from '../explain/price-explanations.service';

/** Why things cost what they cost. */
@ApiTags('discounts')
@Controller('stores/:storeId/price-explanations')
export class PricesController {
  constructor(
    @Inject(LiveAnswers) private readonly answers: LiveAnswers,
    @Inject(PriceExplanations) private readonly explanations: PriceExplanations,
  ) {}

  /** Prices a cart that is only asked about, and says why; nothing is kept. */
  @Post()
  @HttpCode(200)
  @Requires('discounts.view')
  @Answers(200, priceExplanation)
  explain(
    @Param('storeId') storeId: string,
    @Body({ schema: priceQuestion }) question: z.output<typeof priceQuestion>,
  ) {
    return this.answers.read(storeId, (store) => this.explanations.of(store, question));
  }
}
