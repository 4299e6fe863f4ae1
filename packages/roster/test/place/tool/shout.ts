/** Says a word louder. */
export default function shout({ word }: { readonly word: string }): { readonly word: string } {
  if (word === 'hoarse') throw new Error('hoarse')
  return { word: word.toUpperCase() }
}
