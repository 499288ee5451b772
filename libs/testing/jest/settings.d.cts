export const testSecret: string;
export const templateDatabase: string;
export const clusterUrlVariable: string;
