export { completions, matchedWords, splitCompletion } from './completions';
export { searchQuery } from './search-query';
export { type SearchedText, plainText, searchVector } from './search-vector';
