/** Control characters, and those that turn the direction of writing: what a document or a model can use to make a screen lie. */
// oxlint-disable-next-line no-control-regex -- finding control characters is what this is for
const treacherous = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/** Text from outside, made safe to show on one line: a screen on which a person approves must not be written by what they approve. */
export function safeText(text: string): string {
  return text.replaceAll(treacherous, (found) =>
    found === '\n' || found === '\t' ? ' ' : `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** JSON on one line, safe to show. Text stands without quotes where it is all there is. */
export function safeJson(value: unknown): string {
  return safeText(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))
}
