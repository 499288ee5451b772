/**
 * The compiler's own version. What a theme version was compiled to is kept under it; builds of another one are made
 * anew from the sources, which are the truth (theme-format.md, 4). Raise it whenever the compiler writes other code or
 * other meta for the same theme, or generated code is given other functions: `test/compiler-version.spec.ts` fails
 * until that is done.
 */
export const COMPILER = '11';

/**
 * The compilers whose builds, code and meta, the planner and the runtime still take, the present one first. An older
 * one stays here for as long as its recorded page comes out the same, so that a theme that a stricter compiler refuses
 * goes on as it was.
 */
export const RUNNABLE_COMPILERS: readonly string[] = [COMPILER, '10', '9', '8', '7'];
