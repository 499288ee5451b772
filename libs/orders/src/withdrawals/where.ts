/** Where consumers may withdraw by a function on the shop's pages: the European Union and the EEA (Directive 2023/2673). */
const countries = new Set(
  'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO'.split(
    ' ',
  ),
);

/** Whether a shop has to offer the function: it is there, or sells there. @param codes ISO 3166-1 alpha-2 */
export function hasWithdrawal(...codes: readonly (string | null | undefined)[]): boolean {
  return codes.some((code) => code !== null && code !== undefined && countries.has(code));
}
