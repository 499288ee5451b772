/** A run of digits as long as a card's number, perhaps in groups. */
const cardLike = /(?<![\w.-])[3-6]\d{3}[ -]?\d{4}[ -]?\d{4}[ -]?\d{1,7}(?![\w.-])/g;

/** A value that may stand in no log, and what it is. */
export interface Secret {
  what: string;
  value: string;
}

/** Lines of a log in which a secret stands, or a number that could be a card's. @returns each with what it is */
export function findLeaks(log: string, secrets: readonly Secret[]): string[] {
  return log
    .split('\n')
    .flatMap((line) => [
      ...secrets.filter(({ value }) => line.includes(value)).map(({ what }) => `${what}: ${line}`),
      ...(line.match(cardLike) ?? [])
        .filter((digits) => passesLuhn(digits.replaceAll(/\D/g, '')))
        .map((digits) => `like a card ${digits}: ${line}`),
    ]);
}

function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((all, digit, place) => {
    const doubled = Number(digit) * (place % 2 === 1 ? 2 : 1);
    return all + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
