/**
 * The head of every artefact: what generated code calls most, in its own context. V8 does not inline a function of
 * another context, and a global of a `vm` context is looked up through the embedder each time, so both are taken once.
 *
 * `A` and `M` are JavaScript's own. `E` prints a value at a `{{ }}`, `U` one that begins an address, `R` one at a
 * `{{{ }}}`; `F` reads a field whose name an object could inherit, `T` is the
 * language's truth. They mean what `esc`, `safeUrl`, `raw`, `field` and `truthy` of `runtime/values.ts` mean.
 */
export const PRELUDE = [
  `const P=L.printed,S=/[&<>"']/g,A=Array.isArray,H=Object.hasOwn,M=Math.min;`,
  'function E(x){if(typeof x==="string"){S.lastIndex=0;return S.test(x)?L.escapeFrom(x,S.lastIndex-1):x;}' +
    'return R(x);}',
  'function R(x){return typeof x==="string"?x:typeof x==="number"?""+x:x===true?"true":x===false?"false":"";}',
  // What begins with a path has no scheme; all else is looked at closely.
  'function U(x){return typeof x==="string"?E(x.charCodeAt(0)===47?x:L.safeUrl(x)):"";}',
  'function F(x,n){return typeof x==="object"&&x!==null&&H(x,n)?x[n]:undefined;}',
  'function T(x){return A(x)?x.length>0:!!x;}',
].join('\n');
