export { type Fetched, type SafeFetchOptions, safeFetch } from './safe-fetch';
export { isPublicAddress } from './public-address';
export { fetchErrors } from './fetch.errors';
export { receiverAddress } from './receiver-address';
