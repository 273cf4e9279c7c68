/** One node of a path and the exit taken there. */
export interface TraceStep {
  readonly node: string;
  readonly port: string;
}

/** The steps of a path text such as `task:code>strong`. */
export function stepsOfPath(path: string): readonly TraceStep[] {
  if (path === '') return [];
  return path.split('>').map((step) => {
    const [node = '', ...port] = step.split(':');
    return { node, port: port.join(':') };
  });
}
