// Reads Vitest's JSON reports. `report.mjs again FIRST` prints the files worth a second try; `report.mjs count FIRST
// [SECOND]` prints "N passed, N failed" and exits with 1 unless everything passed.
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

const [command, ...paths] = process.argv.slice(2);
const print = (line) => process.stdout.write(`${line}\n`);
const [first = [], second = []] = paths.map(filesOf);

/** What drives a browser, sockets or other processes: a machine that stands still for a while can fail one. */
const slow = /^test\/(journeys|fleet|attack|server)\//;
const mostAgain = 3;

function filesOf(path) {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  return (JSON.parse(text || '{}').testResults ?? []).map(({ name, status, assertionResults }) => {
    const passed = assertionResults.filter((one) => one.status === 'passed').length;
    // A file that could not be loaded, or whose setup failed, fails as one; a test that was skipped has not passed.
    const failed = Math.max(assertionResults.length - passed, status === 'failed' ? 1 : 0);
    return { name: relative(process.cwd(), name), passed, failed };
  });
}

const failing = first.filter(({ failed }) => failed > 0);
if (command === 'again') {
  const worthwhile = failing.length <= mostAgain && failing.every(({ name }) => slow.test(name));
  if (worthwhile) for (const { name } of failing) print(name);
} else {
  const sum = { passed: 0, failed: 0 };
  for (const file of first) {
    const again = second.find(({ name }) => name === file.name);
    const { passed, failed } = again ?? file;
    if (again !== undefined && failed === 0) print(`Passed only when tried a second time: ${file.name}`);
    sum.passed += passed;
    sum.failed += failed;
  }
  print(`${sum.passed} passed, ${sum.failed} failed`);
  process.exit(sum.failed === 0 && sum.passed > 0 ? 0 : 1);
}
