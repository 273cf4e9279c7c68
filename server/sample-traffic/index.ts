/** Sample traffic: the request log of an invented company, so that every screen has something to show before a key exists. */
export { generateSampleTraffic, type SampleTraffic } from './generate-sample-traffic.ts';
export { seedSampleTraffic } from './seed-sample-traffic.ts';
