import * as fc from 'fast-check';
import { type CheckoutMove, type CheckoutState, nextState } from './state';

const moves: CheckoutMove[] = ['update', 'pay', 'settle', 'fail', 'expire', 'revive'];
const anyMoves = fc.array(fc.constantFrom(...moves), { maxLength: 30 });

/** Every state that a sequence of moves leads through; a move that is not allowed changes nothing. */
function walk(sequence: readonly CheckoutMove[]): CheckoutState[] {
  const states: CheckoutState[] = ['open'];
  for (const move of sequence) {
    const state = states.at(-1) as CheckoutState;
    states.push(nextState(state, move) ?? state);
  }
  return states;
}

describe('the states of a checkout', () => {
  it.each([
    ['open', 'update', 'open'],
    ['open', 'pay', 'paying'],
    ['open', 'expire', 'expired'],
    ['paying', 'settle', 'completed'],
    ['paying', 'fail', 'open'],
    ['paying', 'expire', 'expired'],
    ['expired', 'revive', 'completed'],
    ['open', 'settle', null],
    ['open', 'fail', null],
    ['open', 'revive', null],
    ['paying', 'update', null],
    ['paying', 'pay', null],
    ['paying', 'revive', null],
    ['expired', 'update', null],
    ['expired', 'pay', null],
    ['expired', 'settle', null],
  ] as const)('%s, %s: %s', (state, move, next) => {
    expect(nextState(state, move)).toBe(next);
  });

  it('leads nowhere from a completed one', () => {
    for (const move of moves) expect(nextState('completed', move)).toBeNull();
    fc.assert(
      fc.property(anyMoves, (sequence) => {
        const states = walk(sequence);
        const done = states.indexOf('completed');
        expect(states.slice(done === -1 ? states.length : done)).toEqual(
          states.slice(done === -1 ? states.length : done).map(() => 'completed'),
        );
      }),
    );
  });

  it('is completed only after it was being paid', () => {
    fc.assert(
      fc.property(anyMoves, (sequence) => {
        const states = walk(sequence);
        const done = states.indexOf('completed');
        if (done === -1) return;
        const before = states.slice(0, done);
        expect(before.includes('paying') || before.includes('expired')).toBe(true);
      }),
    );
  });
});
