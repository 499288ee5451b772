/** Whom gift cards are for, as the buyer named them. */
export interface GiftRecipient {
  /** Null once it was erased who it was: nothing can be sent then. */
  email: string | null;
  name: string | null;
  message: string | null;
  /** The day (`YYYY-MM-DD`, where the store is) on which it is mailed; null for as soon as it is paid. */
  sendOn: string | null;
}
