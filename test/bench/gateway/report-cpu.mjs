/** Loaded into every process of the bench: tells its CPU time, all threads, when it is asked. */
process.on('message', (message) => {
  if (message === 'cpu') process.send?.({ cpu: process.cpuUsage() });
});
