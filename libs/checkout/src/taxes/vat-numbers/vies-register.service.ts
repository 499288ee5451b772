import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { CONFIG, type Config } from '@platform/config';
import { Log } from '@platform/telemetry';
import type { VatNumber } from './vat-number';
import { noAnswer, type VatAnswer, VatRegister } from './vat-register';

/** A shopper waits for it. */
const patienceMs = 4_000;

const shape = z.object({
  valid: z.boolean(),
  requestIdentifier: z.string().nullish(),
  name: z.string().nullish(),
});

/**
 * VIES, the European Commission's register of VAT numbers, by its REST interface (ec.europa.eu/taxation_customs/vies,
 * technical information): `POST /check-vat-number`. A member state that does not answer is an error there, and no answer here.
 */
@Injectable()
export class ViesRegister extends VatRegister {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Log) private readonly log: Log,
  ) {
    super();
  }

  async ask(number: VatNumber, requester: VatNumber | null): Promise<VatAnswer> {
    const asked = {
      countryCode: number.text.slice(0, 2),
      vatNumber: number.digits,
      ...(requester && {
        requesterMemberStateCode: requester.text.slice(0, 2),
        requesterNumber: requester.digits,
      }),
    };
    try {
      const answer = await fetch(`${this.config.viesUrl}/check-vat-number`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify(asked),
        redirect: 'error',
        signal: AbortSignal.timeout(patienceMs),
      });
      const said = shape.safeParse(await answer.json());
      if (!answer.ok || !said.success) return noAnswer;
      const { valid, requestIdentifier, name } = said.data;
      return {
        check: valid ? 'valid' : 'invalid',
        consultation: requestIdentifier || null,
        // Countries that keep names to themselves send dashes.
        name: name && !/^-+$/.test(name) ? name.slice(0, 255) : null,
      };
    } catch (error) {
      this.log.warn({ err: error, country: number.country }, 'the VAT register did not answer');
      return noAnswer;
    }
  }
}
