export {
  type WithdrawalDraft,
  type WithdrawnLine,
  confirmWithdrawalPage,
  withdrawPage,
  withdrawalReceivedPage,
} from './withdraw-page';
export { type ReturnDraft, returnPage, returnReasons } from './return-page';
export { type AfterWords, afterWordsIn } from './words';
