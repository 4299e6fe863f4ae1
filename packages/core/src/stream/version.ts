declare const version: unique symbol
declare const position: unique symbol

/** The number of records in a stream; 0 = the stream does not exist. A safe integer. */
export type Version = number & { readonly [version]?: never }

/** A record's place in its tenant's order, gapless from 1. A safe integer. */
export type Position = number & { readonly [position]?: never }
