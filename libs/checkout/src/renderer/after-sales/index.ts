export {
  type WithdrawalDraft,
  type WithdrawnLine,
  confirmWithdrawalPage,
  withdrawPage,
  withdrawalReceivedPage,
} from './withdraw-page';
export { type AfterWords, afterWordsIn } from './words';
