/** The room of the built-in task classifier: what a request asks for, without a network. */
export { classifyTask } from './classify-task.ts';
export { type TaskInput, type TaskLabel, type TaskResult, taskLabels } from './task-labels.ts';
