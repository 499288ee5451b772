/** Under which a leaf key is sealed while its order is open: it cannot be opened as any other row's. */
export function orderKeySeal(storeId: string, orderId: string) {
  return { purpose: 'cert', table: 'cert_orders', rowId: orderId, storeId };
}

/** Under which a leaf key is sealed beside its certificate. */
export function certificateKeySeal(storeId: string, certificateId: string) {
  return { purpose: 'cert', table: 'certificates', rowId: certificateId, storeId };
}
