import { z } from 'zod';

/** What a service answered, or a sentence for the merchant of why it cannot be used. */
export type Judged<Answer> = { answer: Answer } | { fault: string };

/** What a person reads: control characters are of no use in it. @param most characters */
export const sentence = (most: number) =>
  z
    .string()
    .transform((text) => text.replaceAll(/\p{Cc}+/gu, ' ').trim())
    .pipe(z.string().min(1).max(most));

/** Reads JSON of a form; what is wrong names its field. */
export function readAnswer<Form extends z.ZodType>(
  body: Buffer,
  form: Form,
): Judged<z.output<Form>> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString('utf8'));
  } catch {
    return { fault: 'The answer is no JSON.' };
  }
  const checked = form.safeParse(parsed);
  if (checked.success) return { answer: checked.data };
  const [issue] = checked.error.issues;
  return { fault: `${issue?.path.join('.') || 'The answer'}: ${issue?.message ?? 'is wrong'}` };
}
