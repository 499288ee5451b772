import { FORM_TRAP } from '@template-engine/language';
import type { Input } from '../read-input';

/** Shoppers do not see that field. A robot is told what everybody is told, and nothing is kept. */
export function isRobot(input: Input): boolean {
  const trap = input[FORM_TRAP];
  return trap !== undefined && trap !== '';
}
