/** What the page and its Python worker tell each other. Payloads are JSON texts, nothing richer. */

/** Ask Python to call `target`, "package.module:function", with a JSON text. */
export interface Ask {
  readonly id: number;
  readonly target: string;
  readonly payload: string;
}

export type Told =
  | { readonly type: "progress"; readonly loaded: number; readonly total: number }
  | { readonly type: "ready" }
  | { readonly type: "broken"; readonly message: string }
  | { readonly type: "result"; readonly id: number; readonly result: string }
  /** `fatal`: this Python cannot be used any more. */
  | { readonly type: "error"; readonly id: number; readonly message: string; readonly fatal: boolean };
