/** What survives a round trip through JSON text unchanged: the only data that messages, contexts and records may carry. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** A JSON object. */
export type JsonObject = { readonly [key: string]: Json }
