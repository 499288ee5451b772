export { runProcess, type Running } from './run-process';
export { type Health, HealthServer } from './health-server';
