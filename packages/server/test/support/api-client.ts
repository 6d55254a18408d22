import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { expect } from "vitest";

interface Operation {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema?: object }>> }>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Parsed when it is JSON. */
  readonly body: unknown;
}

/**
 * Asks a service and checks every answer against the document that the service itself publishes: the status must be
 * documented for the operation, and a JSON body must satisfy its schema. Ajv judges, not our own schema compiler.
 */
export class ApiClient {
  readonly #url: string;
  readonly #document: Document;
  readonly #ajv: Ajv2020;
  readonly #validators = new Map<string, ValidateFunction>();

  private constructor(url: string, document: Document) {
    this.#url = url;
    this.#document = document;
    this.#ajv = new Ajv2020({ strict: false, allErrors: true });
    formats(this.#ajv);
    this.#ajv.addSchema({ ...document, $id: "api" });
  }

  static async connect(url: string): Promise<ApiClient> {
    const response = await fetch(`${url}/openapi.json`);
    return new ApiClient(url, (await response.json()) as Document);
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send("GET", path, { headers });
  }

  async post(path: string, contentType: string | undefined, body: BodyInit): Promise<Answer> {
    const headers: Record<string, string> = contentType === undefined ? {} : { "Content-Type": contentType };
    return this.send("POST", path, { headers, body });
  }

  async send(method: string, path: string, init: RequestInit = {}): Promise<Answer> {
    const response = await fetch(this.#url + path, { ...init, method, redirect: "manual" });
    const text = await response.text();
    const type = (response.headers.get("content-type") ?? "").split(";")[0] ?? "";
    const body: unknown = type.endsWith("json") && text !== "" ? JSON.parse(text) : undefined;
    const answer = { status: response.status, headers: response.headers, text, body };
    this.#check(method, path, type, answer);
    return answer;
  }

  #check(method: string, path: string, type: string, { status, body }: Answer): void {
    const found = this.#find(method, path);
    if (found === undefined) return;
    const [name, operation] = found;
    const key = operation.responses[String(status)] === undefined ? `${String(status)[0]}XX` : String(status);
    expect(operation.responses, `${method} ${name} documents ${status}`).toHaveProperty([key]);
    if (body === undefined) return;
    const content = operation.responses[key]?.content;
    expect(content, `${method} ${name} documents a body for ${status}`).toHaveProperty([type]);
    if (content?.[type]?.schema === undefined) return;
    const pointer = ["paths", name, method.toLowerCase(), "responses", key, "content", type, "schema"];
    const validate = this.#validator(`api#/${pointer.map(escapePointer).join("/")}`);
    expect(validate(body) ? [] : validate.errors, `${method} ${path} ${status} satisfies its schema`).toEqual([]);
  }

  #find(method: string, path: string): readonly [string, Operation] | undefined {
    const [plain = ""] = path.split("?");
    const exact = Object.keys(this.#document.paths).toSorted(
      (a, b) => Number(a.includes("{")) - Number(b.includes("{")),
    );
    for (const name of exact) {
      const pattern = new RegExp(`^${name.replaceAll(/\{\w+\}/g, "[^/]+")}$`);
      const operation = this.#document.paths[name]?.[method.toLowerCase()];
      if (pattern.test(plain) && operation !== undefined) return [name, operation];
    }
    return undefined;
  }

  #validator(ref: string): ValidateFunction {
    let validate = this.#validators.get(ref);
    if (validate === undefined) {
      validate = this.#ajv.compile({ $ref: ref });
      this.#validators.set(ref, validate);
    }
    return validate;
  }
}

function escapePointer(part: string): string {
  return encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"));
}
