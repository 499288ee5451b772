import { defineErrors } from '@libs/kernel';

/** Why a mail did not go out: `refused` for good, `unavailable` for now. */
export const mailErrors = defineErrors('mail', {
  refused: { kind: 'invalid', text: 'The mail server refused the message with {status}.' },
  unavailable: { kind: 'unavailable', text: 'The mail server does not take messages now.' },
});
