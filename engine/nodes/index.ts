/** Node kinds: one folder each, and the registry from which palette, inspector, validator, compiler and simulator grow. */
export { type ClassifierDefinition, classifiers } from './classifier/classifiers.ts';
export type { Chooser, CompiledNode, Deadlines, Parameters } from './compiled-node.ts';
export { defineNode, type NodeFrame, type NodeId, type NodeKind, type Port } from './define-node.ts';
export { defaultErrorClasses, type ErrorClass, errorClasses, errorClassLabels } from './error-class.ts';
export { Slug, slugPattern } from './fields.ts';
export type { Diagnostic, DiagnosticCode, Finding, Severity } from './finding.ts';
export type { Form, FormField, Widget } from './form.ts';
export { targetPattern } from './model/index.ts';
export {
  type AnyNodeKind,
  kindNamed,
  kindOf,
  type NodeKindName,
  nodeRegistry,
  PolicyNode,
} from './registry.ts';
export { stickyPoint } from './split/sticky-point.ts';
