import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { type AnyCall, ApiError, calls } from '../contract/index.ts';
import { packageVersion } from '../package-root.ts';

/** The OpenAPI document of `/api`, made from the very schemas that hold it. */
export function describeApi(): object {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const [name, call] of Object.entries(calls)) {
    const path = call.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [call.method.toLowerCase()]: describeCall(name, call) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Waybill',
      version: packageVersion,
      description:
        'What the studio calls: policies, publishing, what-ifs, the request log, keys and deployments.',
    },
    components: { securitySchemes: { admin: { type: 'http', scheme: 'bearer' } } },
    security: [{ admin: [] }, {}],
    paths: paths as ZodOpenApiPathsObject,
  });
}

function describeCall(name: string, call: AnyCall): ZodOpenApiOperationObject {
  return {
    operationId: name,
    summary: call.summary,
    requestParams: { ...inPlace('path', call.params), ...inPlace('query', call.query) },
    ...(isEmpty(call.body)
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: call.body } } } }),
    responses: {
      [`${call.status ?? 200}`]: {
        description: 'As asked.',
        content: { 'application/json': { schema: call.response } },
      },
      default: {
        description: 'What went wrong: a code for programs, a sentence for people.',
        content: { 'application/json': { schema: ApiError } },
      },
    },
  };
}

function inPlace(place: 'path' | 'query', schema: z.ZodType): object {
  return isEmpty(schema) ? {} : { [place]: schema };
}

function isEmpty(schema: z.ZodType): boolean {
  return schema instanceof z.ZodObject && Object.keys(schema.shape).length === 0;
}
