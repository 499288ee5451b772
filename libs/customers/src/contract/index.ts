export * from './customers.contract';
export * from './forms.contract';
