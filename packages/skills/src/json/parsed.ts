import { asJson, failureOf, type Failure, type Json } from '@roster/core'

/** A text of another side as a value, or why it is none that may come in. */
export type Parsed = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly failure: Failure }

/** Reads JSON that nobody trusts: its size and depth are looked at before it is parsed, and what JSON cannot carry is refused. */
export function parsed(text: string, maxBytes: number, maxDepth: number): Parsed {
  if (Buffer.byteLength(text) > maxBytes) return tooMuch(`it is larger than ${maxBytes} bytes`)
  if (depthOf(text) > maxDepth) return tooMuch(`it is nested deeper than ${maxDepth} levels`)
  try {
    return { ok: true, value: asJson(JSON.parse(text)) }
  } catch (error) {
    return { ok: false, failure: failureOf(error, 'not-json') }
  }
}

function tooMuch(message: string): Parsed {
  return { ok: false, failure: { code: 'size-exceeded', message } }
}

/** How deep a JSON text is nested, without parsing it: brackets outside of strings. */
function depthOf(text: string): number {
  let [depth, deepest, inString] = [0, 0, false]
  for (let index = 0; index < text.length; index++) {
    const char = text.charCodeAt(index)
    if (char === quote) inString = !inString
    else if (inString) index += char === backslash ? 1 : 0
    else if (char === openBracket || char === openBrace) deepest = Math.max(deepest, ++depth)
    else if (char === closeBracket || char === closeBrace) depth--
  }
  return deepest
}

const [quote, backslash, openBracket, closeBracket, openBrace, closeBrace] = [34, 92, 91, 93, 123, 125]
