/** Control characters, and those that turn the direction of writing. */
// oxlint-disable-next-line no-control-regex -- finding control characters is what this is for
const treacherous = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/** Text from outside on one line: a screen on which a person approves must not be written by what they approve. */
export function safeText(text: string): string {
  return text.replaceAll(treacherous, ' ')
}

/** Safe text in exactly so many columns; what is too long ends with a sign that it goes on. */
export function cell(text: string, width: number): string {
  return cut(text, width).padEnd(width)
}

/** Safe text in at most so many columns. */
export function cut(text: string, width: number): string {
  const safe = safeText(text)
  return safe.length <= width ? safe : `${safe.slice(0, Math.max(0, width - 1))}…`
}
