/** How results begin that say a tool failed: of shells, languages, agents' own tools and MCP servers. */
const failing =
  /^(?:error\b|\[error\]|<error>|<tool_use_error>|exception\b|failed\b|failure\b|fatal:|traceback \(most recent call last\)|panic:|uncaught |unhandled |(?:command|execution|request|tool call|tool) failed|(?:[a-z]{1,40}\.){0,4}[a-z]{0,40}(?:error|exception): |(?:process )?exit(?:ed with)? code:? [1-9]|permission denied|no such file or directory|command not found)/i;
/** JSON that says it of itself, at its beginning or, as shells of agents write it, as an exit code somewhere near it. */
const failingJson =
  /^\{\s*"(?:error|errors|exception)"\s*:\s*(?!\s|null|false|""|\[\]|\{\})|^\{\s*"(?:success|ok)"\s*:\s*false|^\{\s*"(?:isError|is_error)"\s*:\s*true|^\{\s*"status"\s*:\s*"(?:error|failed|failure)"|"exit_code"\s*:\s*[1-9]/;
const exitCode =
  /^(?:chunk id: .{0,40}\n)?(?:wall time: .{0,40}\n)?(?:process exited with code|exit code:) [1-9]/i;

const looked = 400;

/**
 * Whether the result of a tool reads as a failure, for dialects in which nothing else says so: from how it begins, and for
 * JSON from its end too. A guess; a file that begins with the word “Error” is taken for one.
 */
export function readsAsFailure(result: string): boolean {
  const head = result.slice(0, looked).trimStart();
  if (!head.startsWith('{')) return failing.test(head) || exitCode.test(head);
  return (
    failingJson.test(head) ||
    (result.length > looked && /"exit_code"\s*:\s*[1-9]/.test(result.slice(-looked)))
  );
}
