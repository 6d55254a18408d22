import type { JsonSchema } from "@telemetra/core";
import type { Request, Response } from "express";
import type { AppDeps } from "./deps.js";
import type { Parameters, QueryOf } from "./parameters.js";

/** A possible answer of a route, as the OpenAPI document shows it. */
export interface Answer {
  readonly description: string;
  /** Of a JSON body: a named schema of the document, or an array of it. */
  readonly schema?: ComponentName | { readonly arrayOf: ComponentName };
  /** Media type of any other body. */
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type ComponentName = `#/components/schemas/${string}`;

export type Tag = "Service" | "Streams" | "Events" | "Live" | "Pages" | "Documentation";

/** One operation: the router is built from it and so is the OpenAPI document. */
export interface Route<P extends Parameters = Parameters> {
  readonly method: "get" | "post";
  /** In OpenAPI's form, e.g. `/api/v1/streams/{stream_id}`. */
  readonly path: string;
  readonly operationId: string;
  readonly tag: Tag;
  readonly summary: string;
  readonly description?: string;
  readonly query?: P;
  /** Schemas of the parts of the path in braces. */
  readonly pathParameters?: Readonly<Record<string, { readonly schema: JsonSchema; readonly description: string }>>;
  readonly body?: {
    readonly description: string;
    readonly content: Readonly<Record<string, ComponentName>>;
  };
  readonly answers: Readonly<Record<number, Answer>>;
  readonly handle: (call: Call<P>) => void | Promise<void>;
}

export interface Call<P extends Parameters = Parameters> {
  readonly request: Request;
  readonly response: Response;
  readonly query: QueryOf<P>;
  /** A part of the path in braces, decoded. */
  readonly param: (name: string) => string;
  readonly deps: AppDeps;
}

/** Ties a route's handler to the types of its own query, then forgets them so that routes fit in one list. */
export function defineRoute<const P extends Parameters = Record<never, never>>(route: Route<P>): Route {
  return route as unknown as Route;
}
