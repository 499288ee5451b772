export {
  type WithdrawalDraft,
  type WithdrawnLine,
  confirmWithdrawalPage,
  withdrawPage,
  withdrawalReceivedPage,
} from './withdraw-page';
export { type ReturnDraft, type ReturnedLine, returnPage, returnReasons } from './return-page';
export { exchangePage, type ShownExchange } from './exchange-page';
export { type AfterWords, afterWordsIn } from './words';
