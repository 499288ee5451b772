/** Member states of the European Union, ISO 3166-1 alpha-2. */
export const memberStates: readonly string[] =
  'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE'.split(' ');

/** The Union with Iceland, Liechtenstein and Norway: where rules of its internal market hold. */
export const economicArea: readonly string[] = [...memberStates, 'IS', 'LI', 'NO'];
